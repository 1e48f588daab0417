using VoiceOrdering.Engine.Tests.Activation;
using VoiceOrdering.Engine.Tests.Invocation;
using VoiceOrdering.Engine.Tests.Observers;
using VoiceOrdering.Engine.Tests.Properties;
using VoiceOrdering.Engine.Tests.Scheduling;
using VoiceOrdering.Engine.Tests.Serialization;
using VoiceOrdering.Engine.Tests.Storage;
using VoiceOrdering.Engine.Tests.Streams;
using VoiceOrdering.Engine.Tests.Timers;

namespace VoiceOrdering.Engine.Tests.Support;

/// <summary>
/// A silo that runs every turn inside a task, as it has to on a framework whose current task cannot be set. The tests of behaviour run on
/// it a second time. Means something to the embedded engine only; Microsoft Orleans ignores the switch.
/// </summary>
public sealed class TaskEngineFixture : EngineFixture, IAsyncLifetime
{
    private const string Switch = "OrleansEmbedded.Scheduling.StartTurnsInTasks";

    async Task IAsyncLifetime.InitializeAsync()
    {
        // Read when a silo or client is built. One that another test builds meanwhile runs the same way and is as right.
        AppContext.SetSwitch(Switch, true);
        try
        {
            await InitializeAsync();
        }
        finally
        {
            AppContext.SetSwitch(Switch, false);
        }
    }
}

[CollectionDefinition(Name)]
public sealed class TaskEngineCollection : ICollectionFixture<TaskEngineFixture>
{
    public const string Name = "engine in tasks";
}

[Collection(TaskEngineCollection.Name)]
public sealed class TurnTestsInTasks(TaskEngineFixture engine) : TurnTests(engine);

[Collection(TaskEngineCollection.Name)]
public sealed class InterleavingTestsInTasks(TaskEngineFixture engine) : InterleavingTests(engine);

[Collection(TaskEngineCollection.Name)]
public sealed class FairnessTestsInTasks(TaskEngineFixture engine) : FairnessTests(engine);

[Collection(TaskEngineCollection.Name)]
public sealed class DepthTestsInTasks(TaskEngineFixture engine) : DepthTests(engine);

[Collection(TaskEngineCollection.Name)]
public sealed class InterleavingPropertiesInTasks(TaskEngineFixture engine) : InterleavingProperties(engine);

[Collection(TaskEngineCollection.Name)]
public sealed class CallTestsInTasks(TaskEngineFixture engine) : CallTests(engine);

[Collection(TaskEngineCollection.Name)]
public sealed class SequenceTestsInTasks(TaskEngineFixture engine) : SequenceTests(engine);

[Collection(TaskEngineCollection.Name)]
public sealed class LifeTestsInTasks(TaskEngineFixture engine) : LifeTests(engine);

[Collection(TaskEngineCollection.Name)]
public sealed class TimerTestsInTasks(TaskEngineFixture engine) : TimerTests(engine);

[Collection(TaskEngineCollection.Name)]
public sealed class ObserverTestsInTasks(TaskEngineFixture engine) : ObserverTests(engine);

[Collection(TaskEngineCollection.Name)]
public sealed class StreamTestsInTasks(TaskEngineFixture engine) : StreamTests(engine);

[Collection(TaskEngineCollection.Name)]
public sealed class IsolationTestsInTasks(TaskEngineFixture engine) : IsolationTests(engine);

[Collection(TaskEngineCollection.Name)]
public sealed class StateTestsInTasks(TaskEngineFixture engine) : StateTests(engine);
