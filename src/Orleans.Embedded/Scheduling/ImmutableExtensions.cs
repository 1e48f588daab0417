namespace Orleans.Concurrency;

/// <summary>Wraps values as <see cref="Immutable{T}"/>.</summary>
public static class ImmutableExtensions
{
    /// <summary>Wraps <paramref name="value"/>, promising that it never changes again.</summary>
    public static Immutable<T> AsImmutable<T>(this T value) => new(value);
}
