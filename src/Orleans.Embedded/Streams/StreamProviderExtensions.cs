using Orleans.Runtime;

namespace Orleans.Streams;

/// <summary>Streams by key.</summary>
public static class StreamProviderExtensions
{
    /// <summary>A stream by GUID, without namespace.</summary>
    public static IAsyncStream<T> GetStream<T>(this IStreamProvider streamProvider, Guid id) => Get<T>(streamProvider, StreamId.Create(null, id));

    /// <summary>A stream by integer, without namespace.</summary>
    public static IAsyncStream<T> GetStream<T>(this IStreamProvider streamProvider, long id) => Get<T>(streamProvider, StreamId.Create(null, id));

    /// <summary>A stream by text, without namespace.</summary>
    public static IAsyncStream<T> GetStream<T>(this IStreamProvider streamProvider, string id) => Get<T>(streamProvider, StreamId.Create(null, id));

    /// <summary>A stream by namespace and GUID.</summary>
    public static IAsyncStream<T> GetStream<T>(this IStreamProvider streamProvider, string ns, Guid id) => Get<T>(streamProvider, StreamId.Create(ns, id));

    /// <summary>A stream by namespace and integer.</summary>
    public static IAsyncStream<T> GetStream<T>(this IStreamProvider streamProvider, string ns, long id) => Get<T>(streamProvider, StreamId.Create(ns, id));

    /// <summary>A stream by namespace and text.</summary>
    public static IAsyncStream<T> GetStream<T>(this IStreamProvider streamProvider, string ns, string id) => Get<T>(streamProvider, StreamId.Create(ns, id));

    private static IAsyncStream<T> Get<T>(IStreamProvider streamProvider, StreamId id)
    {
        ArgumentNullException.ThrowIfNull(streamProvider);
        return streamProvider.GetStream<T>(id);
    }
}
