using Orleans.Runtime;

namespace Orleans.Serialization;

/// <summary>A value could not be serialized.</summary>
[GenerateSerializer]
public class SerializerException : OrleansException
{
    /// <summary>Creates the exception.</summary>
    public SerializerException()
    {
    }

    /// <summary>Creates the exception.</summary>
    public SerializerException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    public SerializerException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

/// <summary>A type that crosses a grain boundary or is stored has no <c>[GenerateSerializer]</c>.</summary>
[GenerateSerializer]
public sealed class CodecNotFoundException : SerializerException
{
    /// <summary>Creates the exception.</summary>
    public CodecNotFoundException(string message)
        : base(message)
    {
    }
}
