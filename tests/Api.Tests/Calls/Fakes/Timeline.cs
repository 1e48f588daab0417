using System.Globalization;
using VoiceOrdering.TestKit.Time;

namespace VoiceOrdering.Api.Tests.Calls.Fakes;

/// <summary>Everything that left the bridge, with the virtual time at which it did, in one order.</summary>
internal sealed class Timeline(ManualTimeProvider time)
{
    private readonly List<(int AtMs, string What)> _entries = [];

    public IReadOnlyList<(int AtMs, string What)> Entries => _entries;

    public void Add(string what) => _entries.Add(((int)time.Elapsed.TotalMilliseconds, what));

    /// <summary>When something that begins with the text happened for the first time; fails with the whole timeline when it did not.</summary>
    public int TimeOf(string prefix)
    {
        int index = _entries.FindIndex(entry => entry.What.StartsWith(prefix, StringComparison.Ordinal));
        index.ShouldBeGreaterThanOrEqualTo(0, $"'{prefix}' did not happen:\n{this}");
        return _entries[index].AtMs;
    }

    public int Count(string prefix) => _entries.Count(entry => entry.What.StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>Fails unless these happened in this order (others may lie between).</summary>
    public void ShouldHold(params string[] prefixes)
    {
        int from = 0;
        foreach (string prefix in prefixes)
        {
            int index = _entries.FindIndex(from, entry => entry.What.StartsWith(prefix, StringComparison.Ordinal));
            index.ShouldBeGreaterThanOrEqualTo(0, $"'{prefix}' is missing after entry {from}:\n{this}");
            from = index + 1;
        }
    }

    public void ShouldNotHold(string prefix) => Count(prefix).ShouldBe(0, ToString());

    public override string ToString() =>
        string.Join('\n', _entries.Select((entry, index) => string.Create(CultureInfo.InvariantCulture, $"{index,4} {entry.AtMs,7} ms  {entry.What}")));
}
