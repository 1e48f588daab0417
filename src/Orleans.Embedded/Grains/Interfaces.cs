using Orleans.Runtime;

namespace Orleans;

/// <summary>Marks interfaces of grains. All methods return <see cref="Task"/>, <see cref="ValueTask"/>, <c>IAsyncEnumerable&lt;T&gt;</c> or, when one way, <c>void</c>.</summary>
public interface IGrain : IAddressable;

/// <summary>A grain whose key is a string.</summary>
public interface IGrainWithStringKey : IGrain;

/// <summary>A grain whose key is a GUID.</summary>
public interface IGrainWithGuidKey : IGrain;

/// <summary>A grain whose key is a 64-bit integer.</summary>
public interface IGrainWithIntegerKey : IGrain;

/// <summary>A grain whose key is a GUID and a string.</summary>
public interface IGrainWithGuidCompoundKey : IGrain;

/// <summary>A grain whose key is a 64-bit integer and a string.</summary>
public interface IGrainWithIntegerCompoundKey : IGrain;

/// <summary>Marks interfaces through which grains call back to objects that are not grains. Methods may return <c>void</c>: then nobody waits.</summary>
public interface IGrainObserver : IAddressable;

/// <summary>Implemented by grains that do not derive from <see cref="Grain"/>.</summary>
public interface IGrainBase
{
    /// <summary>The activation.</summary>
    IGrainContext GrainContext { get; }

    /// <summary>Runs before the first call. A failure fails the calls that wait and drops the activation.</summary>
    Task OnActivateAsync(CancellationToken token) => Task.CompletedTask;

    /// <summary>Runs after the last call. Not run when the process dies.</summary>
    Task OnDeactivateAsync(DeactivationReason reason, CancellationToken token) => Task.CompletedTask;
}
