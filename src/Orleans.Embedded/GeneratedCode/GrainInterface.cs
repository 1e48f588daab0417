using System.Collections.Concurrent;
using System.Linq.Expressions;
using Orleans.Runtime;
using OrleansEmbedded.Activation;
using OrleansEmbedded.Invocation;

namespace OrleansEmbedded.GeneratedCode;

/// <summary>A grain interface with the constructor of its proxy and the grain classes behind it.</summary>
internal sealed class GrainInterface
{
    private readonly GrainManifest _manifest;
    private readonly Type _type;
    private readonly Func<ProxyBinding, object> _create;
    private readonly ConcurrentDictionary<string, GrainType> _byPrefix = new(StringComparer.Ordinal);
    private GrainType _only;

    public GrainInterface(GrainManifest manifest, Type type, Type proxy)
    {
        _manifest = manifest;
        _type = type;
        InterfaceType = TypeNames.InterfaceTypeOf(type);
        var binding = Expression.Parameter(typeof(ProxyBinding), "binding");
        _create = Expression.Lambda<Func<ProxyBinding, object>>(Expression.New(proxy.GetConstructor([typeof(ProxyBinding)])!, binding), binding).Compile();
    }

    public GrainInterfaceType InterfaceType { get; }

    public object CreateProxy(ProxyBinding binding) => _create(binding);

    public GrainType GrainTypeFor(string? classPrefix)
    {
        if (classPrefix is not null)
        {
            return _byPrefix.GetOrAdd(classPrefix, prefix => TypeNames.GrainTypeOf(_manifest.ClassFor(_type, prefix)));
        }

        if (_only.IsDefault)
        {
            _only = TypeNames.GrainTypeOf(_manifest.ClassFor(_type, null));
        }

        return _only;
    }
}
