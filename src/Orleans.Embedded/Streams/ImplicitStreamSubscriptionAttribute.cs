using Orleans.Metadata;
using Orleans.Runtime;

namespace Orleans;

/// <summary>Subscribes a grain class to every stream of a namespace: the grain with the stream's key is activated by items and attaches its observer in <c>IStreamSubscriptionObserver.OnSubscribed</c> or by resuming the handles in <c>OnActivateAsync</c>.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public class ImplicitStreamSubscriptionAttribute : Attribute, IGrainBindingsProviderAttribute
{
    private readonly string? _namespace;

    /// <summary>Subscribes to the streams of a namespace.</summary>
    public ImplicitStreamSubscriptionAttribute(string streamNamespace, string? streamIdMapper = null)
    {
        _namespace = streamNamespace;
        StreamIdMapper = streamIdMapper;
    }

    /// <summary>How a stream id gives a grain key; the stream's key by default.</summary>
    public string? StreamIdMapper { get; init; }

    internal string? StreamNamespace => _namespace;

    /// <inheritdoc/>
    public IEnumerable<Dictionary<string, string>> GetBindings(IServiceProvider services, Type grainClass, GrainType grainType)
    {
        yield return new Dictionary<string, string> { ["type"] = "stream", ["pattern"] = $"namespace:{_namespace}" };
    }
}
