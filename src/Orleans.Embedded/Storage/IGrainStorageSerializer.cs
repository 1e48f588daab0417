namespace Orleans.Storage;

/// <summary>Turns states into bytes and back.</summary>
public interface IGrainStorageSerializer
{
    /// <summary>The bytes of a value.</summary>
    BinaryData Serialize<T>(T input);

    /// <summary>The value of bytes.</summary>
    T Deserialize<T>(BinaryData input);
}
