using VoiceOrdering.Restaurants;

namespace VoiceOrdering.Grains.Restaurants;

/// <summary>
/// The menu of the moment (docs/architecture/menus.md), computed anew only when something that decides it changed: a version, a switch, a mark,
/// or the clock. A minute's look at the clock is enough: nothing on a menu changes within one.
/// </summary>
internal sealed class EffectiveMenu(TimeProvider time)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);
    private MenuSnapshot? _current;
    private MenuSnapshot? _written;
    private Dictionary<string, Unavailability> _unavailable = [];
    private HashSet<string> _optionsOut = [];
    private DateTimeOffset _lookAgainAt;
    private long _lastRevision;

    /// <summary>Forgets what was computed; the next look sees what changed.</summary>
    public void Invalidate() => _lookAgainAt = default;

    /// <summary>The effective menu, or null before the first version, and whether it is another one than at the last look.</summary>
    public (MenuSnapshot? Menu, bool IsNew) Look(MenuHistory shelf, IReadOnlyList<SoldOutItem> soldOut, string timeZone)
    {
        var now = time.GetUtcNow();
        if (now < _lookAgainAt) return (_current, false);
        _lookAgainAt = Next(shelf, soldOut, now);
        var written = MenuShelf.InForce(shelf, now);
        if (written is null) return (_current = null, false);
        var availability = new MenuAvailability(written.Menu, soldOut, timeZone);
        var (unavailable, options) = (availability.At(now), availability.OptionsAt(now));
        if (_written is not null && _written.Version == written.Version && Same(unavailable, _unavailable) && options.SetEquals(_optionsOut)) return (_current, false);
        var isFirst = _current is null;
        (_written, _unavailable, _optionsOut) = (written, unavailable, options);
        _current = Build(written, unavailable, options, now);
        return (_current, !isFirst);
    }

    private MenuSnapshot Build(MenuSnapshot written, Dictionary<string, Unavailability> unavailable, HashSet<string> options, DateTimeOffset now)
    {
        if (unavailable.Count == 0 && options.Count == 0 && !MenuExpansion.IsNeeded(written.Menu)) return written with { Revision = 0 };
        _lastRevision = Math.Max(_lastRevision + 1, now.ToUnixTimeMilliseconds());
        return written with { Revision = _lastRevision, Menu = MenuExpansion.Expand(MenuAvailability.Without(written.Menu, unavailable, options)) };
    }

    /// <summary>The next instant at which the clock alone may change the menu.</summary>
    private static DateTimeOffset Next(MenuHistory shelf, IReadOnlyList<SoldOutItem> soldOut, DateTimeOffset now)
    {
        var instants = soldOut.Select(mark => mark.Until)
            .Concat(shelf.Versions.Select(version => version.ActiveFrom))
            .Concat(shelf.Schedule.Select(change => (DateTimeOffset?)change.From));
        // Day parts and dates begin and end with a minute, in every time zone.
        var minute = new DateTimeOffset(now.Ticks - (now.Ticks % Fresh.Ticks), TimeSpan.Zero) + Fresh;
        return instants.Where(instant => instant > now).Append(minute).Min()!.Value;
    }

    private static bool Same(Dictionary<string, Unavailability> one, Dictionary<string, Unavailability> other) =>
        one.Count == other.Count && one.All(pair => other.TryGetValue(pair.Key, out var why) && why.Reason == pair.Value.Reason && why.BackAt == pair.Value.BackAt);
}
