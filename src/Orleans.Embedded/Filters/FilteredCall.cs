using System.Reflection;
using Orleans;
using Orleans.Runtime;
using Orleans.Serialization.Invocation;

namespace OrleansEmbedded.Invocation;

/// <summary>A call as filters see it.</summary>
internal abstract class FilteredCall(GrainCall call) : IGrainCallContext
{
    public GrainCall Call { get; } = call;

    public IInvokable Request => Call;

    public abstract object Grain { get; }

    public MethodInfo InterfaceMethod => Call.Method.Method;

    public GrainId? SourceId => (Call.Source as OrleansEmbedded.Activation.GrainActivation)?.GrainId;

    public GrainId TargetId => Call.Reference.GrainId;

    public GrainInterfaceType InterfaceType => Call.Reference.InterfaceType;

    public string InterfaceName => Call.Method.InterfaceType.Name;

    public string MethodName => Call.Method.Name;

    public Response? Response { get; set; }

    public object? Result
    {
        get => Response?.Result;
        set => Response = Response.FromResult(value);
    }

    public abstract Task Invoke();
}
