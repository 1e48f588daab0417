using System.Globalization;
using System.Reflection;
using Orleans;
using Orleans.Concurrency;
using Orleans.Metadata;
using Orleans.Placement;
using Orleans.Runtime;
using Orleans.Serialization.Invocation;
using OrleansEmbedded.Placement;

namespace OrleansEmbedded.Activation;

/// <summary>A grain class as its silo sees it: type name, scheduling rules, placement, collection age and constructor. Read once.</summary>
internal sealed class GrainClass
{
    private readonly Func<GrainActivation, object> _construct;
    private int _activations;

    public GrainClass(Type type, GrainClassSettings settings)
    {
        Type = type;
        GrainType = TypeNames.GrainTypeOf(type);
        Properties = ReadProperties(type, GrainType, settings.Services);
        IsReentrant = Properties.ContainsKey(WellKnownGrainTypeProperties.Reentrant);
        MayInterleave = FindPredicate(type);
        FiltersItself = typeof(IIncomingGrainCallFilter).IsAssignableFrom(type);
        Placement = type.GetCustomAttribute<PlacementAttribute>()?.PlacementStrategy ?? new RandomPlacement();
        StatelessWorkers = Placement as StatelessWorkerPlacement;
        WaitingLimit = StatelessWorkers is null ? settings.WaitingLimit : settings.StatelessWaitingLimit;
        CollectionAgeMs = ReadAge(settings);
        _construct = GrainConstructor.Compile(type, settings.Services);
    }

    public Type Type { get; }

    public GrainType GrainType { get; }

    public IReadOnlyDictionary<string, string> Properties { get; }

    public bool IsReentrant { get; }

    public Func<object?, IInvokable, bool>? MayInterleave { get; }

    /// <summary>Whether the class is a filter of its own calls.</summary>
    public bool FiltersItself { get; }

    public PlacementStrategy Placement { get; }

    public StatelessWorkerPlacement? StatelessWorkers { get; }

    public int WaitingLimit { get; }

    /// <summary>How long an activation may be idle; <see cref="long.MaxValue"/> for ever.</summary>
    public long CollectionAgeMs { get; }

    public int ActivationCount => Volatile.Read(ref _activations);

    public object Construct(GrainActivation activation) => _construct(activation);

    public void CountActivation(int change) => Interlocked.Add(ref _activations, change);

    private static Dictionary<string, string> ReadProperties(Type type, GrainType grainType, IServiceProvider services)
    {
        var properties = new Dictionary<string, string>
        {
            [WellKnownGrainTypeProperties.TypeName] = type.Name,
            [WellKnownGrainTypeProperties.FullTypeName] = type.FullName!,
        };
        foreach (var provider in type.GetCustomAttributes(inherit: true).OfType<IGrainPropertiesProviderAttribute>())
        {
            provider.Populate(services, type, grainType, properties);
        }

        return properties;
    }

    private static Func<object?, IInvokable, bool>? FindPredicate(Type type)
    {
        if (type.GetCustomAttribute<MayInterleaveAttribute>() is not { } attribute)
        {
            return null;
        }

        var method = type.GetMethod(attribute.CallbackMethodName, BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.FlattenHierarchy)
            ?? throw new InvalidOperationException($"{type} has no method {attribute.CallbackMethodName}, named by [MayInterleave].");
        if (method.IsStatic)
        {
            var predicate = method.CreateDelegate<Func<IInvokable, bool>>();
            return (_, call) => predicate(call);
        }

        return (instance, call) => (bool)method.Invoke(instance, [call])!;
    }

    private long ReadAge(GrainClassSettings settings)
    {
        if (Properties.TryGetValue(WellKnownGrainTypeProperties.IdleDeactivationPeriod, out var text))
        {
            return text == WellKnownGrainTypeProperties.IndefiniteIdleDeactivationPeriodValue
                ? long.MaxValue
                : (long)TimeSpan.Parse(text, CultureInfo.InvariantCulture).TotalMilliseconds;
        }

        return (long)(settings.ClassAges.TryGetValue(Type.FullName!, out var age) ? age : settings.DefaultAge).TotalMilliseconds;
    }
}

/// <summary>What of the silo's settings matters to grain classes.</summary>
internal sealed record GrainClassSettings(
    IServiceProvider Services,
    int WaitingLimit,
    int StatelessWaitingLimit,
    TimeSpan DefaultAge,
    IReadOnlyDictionary<string, TimeSpan> ClassAges);
