using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace OrleansEmbedded.Identity;

/// <summary>Ids for activations, subscriptions and observers: unique in the process by a counter, across processes by a random half.</summary>
internal static class UniqueIds
{
    private static readonly ulong ProcessPart = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8));
    private static ulong counter;

    public static Guid Next()
    {
        Span<ulong> parts = [ProcessPart, Interlocked.Increment(ref counter)];
        return MemoryMarshal.Cast<ulong, Guid>(parts)[0];
    }
}
