using Orleans;
using Orleans.Runtime;
using OrleansEmbedded.Invocation;

namespace OrleansEmbedded.Activation;

/// <summary>How an activation comes and goes; runs as turns of that activation.</summary>
internal static class ActivationSteps
{
    public static async Task ActivateAsync(GrainActivation activation)
    {
        var silo = activation.Silo;
        try
        {
            var instance = GrainConstruction.Construct(activation);
            activation.SetInstance(instance);
            if (instance is ILifecycleParticipant<IGrainLifecycle> participant)
            {
                participant.Participate(activation.Lifecycle);
            }

            var work = RunActivation(activation, instance);
            if (!work.IsCompletedSuccessfully)
            {
                await work.WaitAsync(silo.CollectionOptions.ActivationTimeout, silo.Time);
            }

            silo.Instruments.ActivationCreated(activation.Class);
            activation.BecomeValid();
        }
        catch (Exception failure)
        {
            silo.Log.ActivationFailed(activation.GrainId, failure);
            silo.Instruments.ActivationFailed();
            Fail(activation, failure);
            await ReleaseAsync(activation);
        }
    }

    public static async Task DeactivateAsync(GrainActivation activation)
    {
        var silo = activation.Silo;
        var reason = activation.Parts.Reason!.Value;
        try
        {
            using var limit = new CancellationTokenSource(silo.CollectionOptions.DeactivationTimeout, silo.Time);
            await RunDeactivation(activation, reason, limit.Token).WaitAsync(silo.CollectionOptions.DeactivationTimeout, silo.Time);
        }
        catch (Exception failure)
        {
            silo.Log.DeactivationFailed(activation.GrainId, failure);
        }

        await ReleaseAsync(activation);
        var waiting = activation.Close();
        silo.KeepWatch(activation.LeftBehind());
        silo.Catalog.Remove(activation);
        silo.Instruments.ActivationDestroyed(activation.Class);
        while (waiting is not null)
        {
            var next = waiting.NextWaiting;
            waiting.NextWaiting = null;
            if (waiting.StaysWithActivation)
            {
                waiting.TryFail(new OperationCanceledException($"{activation.GrainId} was deactivated."));
            }
            else
            {
                silo.Forward(waiting, reason);
            }

            waiting = next;
        }

        activation.ExistingParts?.Gone.TrySetResult();
    }

    private static Task RunActivation(GrainActivation activation, object instance)
    {
        var own = instance as IGrainBase;
        if (activation.ExistingParts?.Lifecycle is not { } lifecycle)
        {
            return own?.OnActivateAsync(CancellationToken.None) ?? Task.CompletedTask;
        }

        if (own is not null)
        {
            lifecycle.Subscribe("grain", GrainLifecycleStage.Activate, own.OnActivateAsync);
        }

        return lifecycle.StartAsync(CancellationToken.None);
    }

    private static async Task RunDeactivation(GrainActivation activation, DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (activation.ExistingParts?.GetComponent(typeof(OpenEnumerations)) is OpenEnumerations open)
        {
            await open.DisposeAsync();
        }

        try
        {
            if (activation.Instance is IGrainBase own)
            {
                await own.OnDeactivateAsync(reason, cancellationToken);
            }
        }
        finally
        {
            if (activation.ExistingParts?.Lifecycle is { } lifecycle)
            {
                await lifecycle.StopAsync(cancellationToken);
            }
        }
    }

    private static void Fail(GrainActivation activation, Exception failure)
    {
        var waiting = activation.Close();
        activation.Silo.Catalog.Remove(activation);
        while (waiting is not null)
        {
            var next = waiting.NextWaiting;
            waiting.NextWaiting = null;
            waiting.TryFail(failure);
            waiting = next;
        }

        activation.ExistingParts?.Gone.TrySetResult();
    }

    private static async Task ReleaseAsync(GrainActivation activation)
    {
        activation.ExistingParts?.StopTimers();
        try
        {
            switch (activation.Instance)
            {
                case IAsyncDisposable asyncDisposable:
                    await asyncDisposable.DisposeAsync();
                    break;
                case IDisposable disposable:
                    disposable.Dispose();
                    break;
            }

            if (activation.ExistingParts?.Scope is IAsyncDisposable scope)
            {
                await scope.DisposeAsync();
            }
        }
        catch (Exception failure)
        {
            activation.Silo.Log.DeactivationFailed(activation.GrainId, failure);
        }
    }
}
