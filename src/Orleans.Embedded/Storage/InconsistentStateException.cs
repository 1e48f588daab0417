using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>A storage write lost a race: what is stored is newer than what was read. The activation is dropped, so that the next one reads afresh.</summary>
[GenerateSerializer]
public class InconsistentStateException : OrleansException
{
    /// <summary>Creates the exception.</summary>
    public InconsistentStateException()
    {
    }

    /// <summary>Creates the exception.</summary>
    public InconsistentStateException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    public InconsistentStateException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Creates the exception with both versions.</summary>
    public InconsistentStateException(string errorMsg, string? storedEtag, string? currentEtag, Exception storageException)
        : base(errorMsg, storageException)
    {
        StoredEtag = storedEtag;
        CurrentEtag = currentEtag;
    }

    /// <summary>Creates the exception with both versions.</summary>
    public InconsistentStateException(string errorMsg, string? storedEtag, string? currentEtag)
        : base(errorMsg)
    {
        StoredEtag = storedEtag;
        CurrentEtag = currentEtag;
    }

    /// <summary>Creates the exception with both versions.</summary>
    public InconsistentStateException(string? storedEtag, string? currentEtag, Exception storageException)
        : this(storageException?.Message ?? "The stored state is newer.", storedEtag, currentEtag, storageException!)
    {
    }

    private int _isTaken;

    /// <summary>Whether this is the first grain the exception leaves: the one that lost the race, unlike those that called it.</summary>
    internal bool TryTakeSource() => Interlocked.Exchange(ref _isTaken, 1) == 0;

    /// <summary>The version that is stored; null when unknown or nothing is stored.</summary>
    public string? StoredEtag { get; private set; }

    /// <summary>The version the writer had.</summary>
    public string? CurrentEtag { get; private set; }

    /// <inheritdoc/>
    public override string ToString() => $"{base.ToString()} StoredEtag={StoredEtag} CurrentEtag={CurrentEtag}";
}
