using Orleans;
using Orleans.Runtime;
using Orleans.Serialization.Invocation;

namespace OrleansEmbedded.Invocation;

/// <summary>A call on its way through the caller's filters.</summary>
internal sealed class OutgoingCall(GrainCall call, IOutgoingGrainCallFilter[] filters, Func<Task<Response>> send)
    : FilteredCall(call), IOutgoingGrainCallContext
{
    private int _next;

    public override object Grain => Call.Reference;

    public IGrainContext? SourceContext => Call.Source as IGrainContext;

    public override async Task Invoke()
    {
        var at = _next++;
        if (at < filters.Length)
        {
            await filters[at].Invoke(this);
        }
        else
        {
            Response = await send();
        }
    }
}
