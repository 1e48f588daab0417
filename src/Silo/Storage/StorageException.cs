namespace VoiceOrdering.Silo.Storage;

/// <summary>The infrastructure below a store failed; what was asked for did not happen unless the code says otherwise.</summary>
[GenerateSerializer, Alias("vo.StorageException")]
public sealed class StorageException : Exception
{
    /// <summary>A fault with its code and one sentence for the operator.</summary>
    /// <param name="code">One of <see cref="StorageErrorCodes"/>.</param>
    /// <param name="sentence">Without personal data.</param>
    /// <param name="innerException">What the database said, or null.</param>
    public StorageException(string code, string sentence, Exception? innerException = null) : base(sentence, innerException) => Code = code;

    /// <summary>One of <see cref="StorageErrorCodes"/>.</summary>
    [Id(0)] public string Code { get; private set; }

    /// <summary>Whether the same call may succeed a moment later.</summary>
    public bool IsRetriable => Code is StorageErrorCodes.Overloaded or StorageErrorCodes.Unavailable or StorageErrorCodes.OutcomeUnknown;
}
