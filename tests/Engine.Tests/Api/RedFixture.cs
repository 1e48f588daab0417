// Looks like Orleans and is not: FidelityTests must find both.
#pragma warning disable CA1050, CS1591
namespace Orleans
{
    public static class Invented;
}

namespace Orleans.Runtime
{
    public sealed class GatewayTooBusyException : OrleansException
    {
        public GatewayTooBusyException()
        {
        }

        public GatewayTooBusyException(string message)
            : base(message)
        {
        }

        public void RetryNow() => _ = Message;
    }
}
