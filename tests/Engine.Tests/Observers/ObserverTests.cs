using System.Collections.Concurrent;
using VoiceOrdering.Engine.Tests.Support;

namespace VoiceOrdering.Engine.Tests.Observers;

[Collection(EngineCollection.Name)]
public class ObserverTests(EngineFixture engine)
{
    [Fact]
    public async Task An_observer_hears_every_word_in_order()
    {
        var listener = new Listener(100);
        var reference = engine.Grains.CreateObjectReference<IListener>(listener);
        var grain = engine.Grains.GetGrain<ISpeakerGrain>(Gates.New("speaks"));
        await grain.ListenAsync(reference);

        for (var at = 0; at < 100; at++)
        {
            await grain.SayAsync($"word {at}");
        }

        await Await.Of(listener.Full, "100 words");
        listener.Words.ShouldBe(Enumerable.Range(0, 100).Select(at => $"word {at}"));
        engine.Grains.DeleteObjectReference<IListener>(reference);
    }

    [Fact]
    public async Task A_deleted_observer_hears_nothing_and_its_caller_is_told()
    {
        var listener = new Listener(1);
        var reference = engine.Grains.CreateObjectReference<IListener>(listener);
        var grain = engine.Grains.GetGrain<ISpeakerGrain>(Gates.New("deleted"));
        await grain.ListenAsync(reference);
        engine.Grains.DeleteObjectReference<IListener>(reference);

        await grain.SayAsync("nobody hears");
        await Should.ThrowAsync<ClientNotAvailableException>(() => grain.AskAsync("anyone?"));
        listener.Words.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_observer_can_answer()
    {
        var reference = engine.Grains.CreateObjectReference<IListener>(new Listener(1));
        var grain = engine.Grains.GetGrain<ISpeakerGrain>(Gates.New("asks"));
        await grain.ListenAsync(reference);

        (await grain.AskAsync("how are you")).ShouldBe("heard: how are you");
    }
}

public interface IListener : IGrainObserver
{
    void Hear(string word);

    Task<string> AnswerAsync(string question);
}

public sealed class Listener(int expected) : IListener
{
    private readonly TaskCompletionSource _full = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ConcurrentQueue<string> Words { get; } = [];

    public Task Full => _full.Task;

    public void Hear(string word)
    {
        Words.Enqueue(word);
        if (Words.Count >= expected)
        {
            _full.TrySetResult();
        }
    }

    public Task<string> AnswerAsync(string question) => Task.FromResult("heard: " + question);
}

public interface ISpeakerGrain : IGrainWithStringKey
{
    Task ListenAsync(IListener listener);

    Task SayAsync(string word);

    Task<string> AskAsync(string question);
}

public sealed class SpeakerGrain : Grain, ISpeakerGrain
{
    private IListener? _listener;

    public Task ListenAsync(IListener listener)
    {
        _listener = listener;
        return Task.CompletedTask;
    }

    public Task SayAsync(string word)
    {
        _listener!.Hear(word);
        return Task.CompletedTask;
    }

    public Task<string> AskAsync(string question) => _listener!.AnswerAsync(question);
}
