using System.Collections.Concurrent;
using System.Reflection;
using Orleans;
using Orleans.Runtime;
using OrleansEmbedded.Activation;

namespace OrleansEmbedded.GeneratedCode;

/// <summary>The grain interfaces, classes and serializable types of all assemblies of the process.</summary>
internal sealed class GrainManifest
{
    private static readonly string EngineName = typeof(GrainManifest).Assembly.GetName().Name!;

    private readonly ConcurrentDictionary<Type, Type> _proxies = new();
    private readonly ConcurrentDictionary<GrainType, Type> _classes = new();
    private readonly ConcurrentDictionary<GrainInterfaceType, Type> _interfaces = new();
    private readonly ConcurrentDictionary<string, Type> _aliases = new(StringComparer.Ordinal);
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    private GrainManifest()
    {
        AppDomain.CurrentDomain.AssemblyLoad += (_, loaded) => Read(loaded.LoadedAssembly);
        foreach (var assembly in AppDomain.CurrentDomain.GetAssemblies())
        {
            Read(assembly);
        }
    }

    public static GrainManifest Current { get; } = new();

    public IEnumerable<Type> Classes => _classes.Values;

    public Type? FindClass(GrainType grainType) => _classes.GetValueOrDefault(grainType);

    public Type? FindInterface(GrainInterfaceType interfaceType) => _interfaces.GetValueOrDefault(interfaceType);

    /// <summary>The type stored under a name: an alias or a full name.</summary>
    public Type? FindSerializable(string name) => _aliases.GetValueOrDefault(name);

    public GrainInterface InterfaceOf(Type type)
    {
        var definition = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        if (!_proxies.TryGetValue(definition, out var proxy))
        {
            throw new ArgumentException(type.IsInterface
                ? $"No code was generated for {type}: it must be a grain or observer interface in a project that references the generator."
                : $"{type} is not an interface.", nameof(type));
        }

        return new GrainInterface(this, type, type.IsGenericType ? proxy.MakeGenericType(type.GetGenericArguments()) : proxy);
    }

    /// <summary>The grain class behind an interface, whose full name starts with a prefix when one is given.</summary>
    public Type ClassFor(Type interfaceType, string? classPrefix)
    {
        var candidates = _classes.Values.Where(type => !IsClosed(type)).Select(type => Close(type, interfaceType)).OfType<Type>().Distinct()
            .Where(type => classPrefix is null || type.FullName!.StartsWith(classPrefix, StringComparison.Ordinal)).ToArray();
        var found = candidates switch
        {
            [] => throw new ArgumentException($"Could not find an implementation for interface {interfaceType}{(classPrefix is null ? string.Empty : $" with class prefix {classPrefix}")}."),
            [var only] => only,
            _ => candidates.FirstOrDefault(type => "I" + type.Name == interfaceType.Name)
                ?? throw new ArgumentException($"Unable to identify a single appropriate grain type for interface {interfaceType}. Candidates: {string.Join(", ", candidates.Select(type => type.FullName))}."),
        };
        _classes.TryAdd(TypeNames.GrainTypeOf(found), found);
        return found;
    }

    private static bool IsClosed(Type type) => type is { IsGenericType: true, IsGenericTypeDefinition: false };

    private static Type? Close(Type grainClass, Type interfaceType)
    {
        if (!grainClass.IsGenericTypeDefinition)
        {
            return interfaceType.IsAssignableFrom(grainClass) ? grainClass : null;
        }

        if (!interfaceType.IsGenericType || interfaceType.GetGenericArguments().Length != grainClass.GetGenericArguments().Length)
        {
            return null;
        }

        try
        {
            var closed = grainClass.MakeGenericType(interfaceType.GetGenericArguments());
            return interfaceType.IsAssignableFrom(closed) ? closed : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private void Read(Assembly assembly)
    {
        if (assembly.IsDynamic)
        {
            return;
        }

        lock (_gate)
        {
            if (!_seen.Add(assembly.FullName!))
            {
                return;
            }
        }

        var name = assembly.GetName().Name!;
        if (name.StartsWith("System.", StringComparison.Ordinal) || name.StartsWith("Microsoft.", StringComparison.Ordinal))
        {
            return;
        }

        var references = assembly.GetReferencedAssemblies();
        var mayHaveGrains = Array.Exists(references, reference => reference.Name == EngineName);
        if ((mayHaveGrains || name == EngineName) && assembly.GetCustomAttribute<GrainAssemblyAttribute>() is { } attribute)
        {
            Add((GrainAssembly)Activator.CreateInstance(attribute.Description, nonPublic: true)!);
        }

        // Grains may live in an assembly that nothing has touched yet.
        if (mayHaveGrains || assembly == Assembly.GetEntryAssembly())
        {
            foreach (var reference in references.Where(IsWorthLoading))
            {
                TryLoad(reference);
            }
        }
    }

    private bool IsWorthLoading(AssemblyName reference)
    {
        if (reference.Name is not { } name || name.StartsWith("System", StringComparison.Ordinal) || name.StartsWith("Microsoft.", StringComparison.Ordinal))
        {
            return false;
        }

        lock (_gate)
        {
            return !_seen.Contains(reference.FullName);
        }
    }

    private void TryLoad(AssemblyName reference)
    {
        try
        {
            Read(Assembly.Load(reference));
        }
        catch (Exception failure) when (failure is FileNotFoundException or FileLoadException or BadImageFormatException)
        {
            // Not there at run time, so it holds no grains that could run.
        }
    }

    private void Add(GrainAssembly assembly)
    {
        foreach (var (type, proxy) in assembly.Interfaces)
        {
            _proxies[type] = proxy;
            if (!type.IsGenericTypeDefinition)
            {
                _interfaces[TypeNames.InterfaceTypeOf(type)] = type;
            }
        }

        foreach (var type in assembly.Classes)
        {
            var grainType = TypeNames.GrainTypeOf(type);
            if (_classes.TryAdd(grainType, type) || _classes[grainType] == type)
            {
                continue;
            }

            throw new OrleansConfigurationException($"{type} and {_classes[grainType]} both have grain type \"{grainType}\": name one with [GrainType].");
        }

        foreach (var type in assembly.Serializable)
        {
            _aliases[type.GetCustomAttribute<AliasAttribute>()?.Alias ?? type.FullName!] = type;
            _aliases[type.FullName!] = type;
        }
    }
}
