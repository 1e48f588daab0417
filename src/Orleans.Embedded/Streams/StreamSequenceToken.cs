namespace Orleans.Streams;

/// <summary>The place of an item in its stream.</summary>
[GenerateSerializer]
public abstract class StreamSequenceToken : IEquatable<StreamSequenceToken>, IComparable<StreamSequenceToken>
{
    /// <summary>The number of the batch.</summary>
    public abstract long SequenceNumber { get; protected set; }

    /// <summary>The item within the batch.</summary>
    public abstract int EventIndex { get; protected set; }

    /// <inheritdoc/>
    public abstract bool Equals(StreamSequenceToken? other);

    /// <inheritdoc/>
    public abstract int CompareTo(StreamSequenceToken? other);
}

/// <summary>Comparisons of tokens.</summary>
public static class StreamSequenceTokenUtilities
{
    /// <summary>Whether a token is after another.</summary>
    public static bool Newer(this StreamSequenceToken me, StreamSequenceToken other)
    {
        ArgumentNullException.ThrowIfNull(me);
        return me.CompareTo(other) > 0;
    }

    /// <summary>Whether a token is before another.</summary>
    public static bool Older(this StreamSequenceToken me, StreamSequenceToken other)
    {
        ArgumentNullException.ThrowIfNull(me);
        return me.CompareTo(other) < 0;
    }
}

/// <summary>An item with its place.</summary>
/// <typeparam name="T">The type of the item.</typeparam>
public class SequentialItem<T>
{
    /// <summary>Creates the pair.</summary>
    public SequentialItem(T item, StreamSequenceToken token)
    {
        Item = item;
        Token = token;
    }

    /// <summary>The item.</summary>
    public T Item { get; }

    /// <summary>Its place.</summary>
    public StreamSequenceToken Token { get; }
}
