namespace Orleans;

/// <summary>Kinds of reason for a deactivation.</summary>
public enum DeactivationReasonCode : byte
{
    /// <summary>No reason given.</summary>
    None = 0,

    /// <summary>The silo stops.</summary>
    ShuttingDown = 1,

    /// <summary>Activation failed.</summary>
    ActivationFailed = 2,

    /// <summary>The directory could not be reached.</summary>
    DirectoryFailure = 3,

    /// <summary>No calls for the collection age.</summary>
    ActivationIdle = 4,

    /// <summary>The activation does not answer.</summary>
    ActivationUnresponsive = 5,

    /// <summary>Another activation of the same id won.</summary>
    DuplicateActivation = 6,

    /// <summary>The interface version does not fit.</summary>
    IncompatibleRequest = 7,

    /// <summary>The application failed, for example by losing a storage race.</summary>
    ApplicationError = 8,

    /// <summary>The grain asked for it.</summary>
    ApplicationRequested = 9,

    /// <summary>The activation moves to another silo.</summary>
    Migrating = 10,

    /// <summary>The runtime asked for it.</summary>
    RuntimeRequested = 11,

    /// <summary>Memory is short.</summary>
    HighMemoryPressure = 12,
}
