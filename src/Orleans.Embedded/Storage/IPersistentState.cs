using Orleans.Core;

namespace Orleans.Runtime;

/// <summary>A stored state, injected by <see cref="PersistentStateAttribute"/>. Read before the first call of the activation.</summary>
/// <typeparam name="TState">The type of the state.</typeparam>
public interface IPersistentState<TState> : IStorage<TState>;

/// <summary>Which state in which provider.</summary>
public interface IPersistentStateConfiguration
{
    /// <summary>The state's name within the grain.</summary>
    string StateName { get; }

    /// <summary>The provider's name; null for the default one.</summary>
    string? StorageName { get; }
}

/// <summary>Makes persistent states.</summary>
public interface IPersistentStateFactory
{
    /// <summary>Makes the state of an activation.</summary>
    IPersistentState<TState> Create<TState>(IGrainContext context, IPersistentStateConfiguration config);
}
