namespace OrleansEmbedded.Activation;

/// <summary>The stretches of an activation's life, in order.</summary>
internal enum ActivationState
{
    Created,
    Activating,
    Valid,
    Deactivating,
    Closed,
}
