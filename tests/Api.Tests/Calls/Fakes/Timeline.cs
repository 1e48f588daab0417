using System.Globalization;

namespace VoiceOrdering.Api.Tests.Calls.Fakes;

/// <summary>Everything that left the bridge, with the time at which it did, in one order. Thread-safe.</summary>
internal sealed class Timeline(TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly List<(int AtMs, string What)> _entries = [];
    private readonly List<(string Prefix, int Count, TaskCompletionSource Reached)> _waiting = [];
    private readonly long _start = time.GetTimestamp();

    public IReadOnlyList<(int AtMs, string What)> Entries
    {
        get
        {
            lock (_gate)
            {
                return [.. _entries];
            }
        }
    }

    public void Add(string what)
    {
        List<TaskCompletionSource> reached;
        lock (_gate)
        {
            _entries.Add(((int)time.GetElapsedTime(_start).TotalMilliseconds, what));
            reached = [.. _waiting.Where(wait => CountLocked(wait.Prefix) >= wait.Count).Select(wait => wait.Reached)];
            _waiting.RemoveAll(wait => reached.Contains(wait.Reached));
        }

        reached.ForEach(wait => wait.TrySetResult());
    }

    /// <summary>Waits until something that begins with the text has happened so many times; fails with the whole timeline after a minute.</summary>
    public async Task WaitForAsync(string prefix, int count = 1)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (CountLocked(prefix) >= count)
            {
                return;
            }

            _waiting.Add((prefix, count, reached));
        }

        try
        {
            await reached.Task.WaitAsync(TimeSpan.FromSeconds(60), TimeProvider.System);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"'{prefix}' did not happen {count} times within a minute:\n{this}");
        }
    }

    /// <summary>When something that begins with the text happened for the first time; fails with the whole timeline when it did not.</summary>
    public int TimeOf(string prefix)
    {
        (int AtMs, string What)[] found = [.. Entries.Where(entry => entry.What.StartsWith(prefix, StringComparison.Ordinal)).Take(1)];
        found.ShouldNotBeEmpty($"'{prefix}' did not happen:\n{this}");
        return found[0].AtMs;
    }

    public int Count(string prefix)
    {
        lock (_gate)
        {
            return CountLocked(prefix);
        }
    }

    /// <summary>Fails unless these happened in this order (others may lie between).</summary>
    public void ShouldHold(params string[] prefixes)
    {
        List<(int AtMs, string What)> entries = [.. Entries];
        int from = 0;
        foreach (string prefix in prefixes)
        {
            int index = entries.FindIndex(from, entry => entry.What.StartsWith(prefix, StringComparison.Ordinal));
            index.ShouldBeGreaterThanOrEqualTo(0, $"'{prefix}' is missing after entry {from}:\n{this}");
            from = index + 1;
        }
    }

    public void ShouldNotHold(string prefix) => Count(prefix).ShouldBe(0, ToString());

    public override string ToString() =>
        string.Join('\n', Entries.Select((entry, index) => string.Create(CultureInfo.InvariantCulture, $"{index,4} {entry.AtMs,7} ms  {entry.What}")));

    private int CountLocked(string prefix) => _entries.Count(entry => entry.What.StartsWith(prefix, StringComparison.Ordinal));
}
