namespace Orleans.Concurrency;

/// <summary>Carries a value by reference across a grain boundary. The sender and receiver promise not to change it.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
[GenerateSerializer]
[Orleans.Immutable]
public readonly struct Immutable<T>
{
    /// <summary>Wraps a value.</summary>
    public Immutable(T value) => Value = value;

    /// <summary>The wrapped value, shared with the sender.</summary>
    [Id(0)]
    public readonly T Value;
}
