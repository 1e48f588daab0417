namespace Orleans.Storage;

/// <summary>Options of providers that let the serializer be chosen.</summary>
public interface IStorageProviderSerializerOptions
{
    /// <summary>The serializer.</summary>
    IGrainStorageSerializer GrainStorageSerializer { get; set; }
}
