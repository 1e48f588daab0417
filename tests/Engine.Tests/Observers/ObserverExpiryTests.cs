using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Utilities;

namespace VoiceOrdering.Engine.Tests.Observers;

/// <summary>Observers with expiry, on a clock the test moves.</summary>
public sealed class ObserverExpiryTests
{
    private readonly ObserverManager<string, List<string>> _observers;
    private readonly List<string> _first = [];
    private readonly List<string> _second = [];
    private DateTime _now = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public ObserverExpiryTests()
    {
        _observers = new ObserverManager<string, List<string>>(TimeSpan.FromMinutes(5), NullLogger.Instance) { GetDateTime = () => _now };
        _observers.Subscribe("first", _first);
        _observers.Subscribe("second", _second);
    }

    [Fact]
    public async Task Who_has_not_subscribed_again_in_time_hears_nothing_more()
    {
        _now += TimeSpan.FromMinutes(4);
        _observers.Subscribe("second", _second);
        await TellAsync("both");
        _now += TimeSpan.FromMinutes(2);
        await TellAsync("one");

        _first.ShouldBe(["both"]);
        _second.ShouldBe(["both", "one"]);
        _observers.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Who_fails_is_forgotten_and_the_others_are_told()
    {
        await _observers.Notify(observer => ReferenceEquals(observer, _first) ? throw new InvalidOperationException() : AddAsync(observer, "told"));
        await TellAsync("after");

        _first.ShouldBeEmpty();
        _second.ShouldBe(["told", "after"]);
    }

    [Fact]
    public async Task A_predicate_chooses_and_unsubscribing_ends_it()
    {
        await _observers.Notify(observer => AddAsync(observer, "chosen"), observer => ReferenceEquals(observer, _first));
        _observers.Unsubscribe("first");
        await TellAsync("rest");

        _first.ShouldBe(["chosen"]);
        _second.ShouldBe(["rest"]);
    }

    private Task TellAsync(string word) => _observers.Notify(observer => AddAsync(observer, word));

    private static Task AddAsync(List<string> observer, string word)
    {
        observer.Add(word);
        return Task.CompletedTask;
    }
}
