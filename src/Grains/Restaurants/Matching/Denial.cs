namespace VoiceOrdering.Grains.Restaurants.Matching;

/// <summary>How far a "no" reaches: to the first option after it and to those joined with it, until something says otherwise.</summary>
internal sealed class Denial
{
    private string? _lastGroup;
    private CueKind? _link;

    /// <summary>Whether a denial is open.</summary>
    public bool IsActive { get; private set; }

    /// <summary>Whether it has found what is denied.</summary>
    public bool HasObject { get; private set; }

    public void Begin() => (IsActive, HasObject, _lastGroup, _link) = (true, false, null, null);

    public void End() => (IsActive, HasObject, _lastGroup, _link) = (false, false, null, null);

    /// <summary>A "no" that denied nothing yet belongs to the talk before ("no, I want …").</summary>
    public void EndUnlessUsed()
    {
        if (IsActive && !HasObject) End();
    }

    /// <summary>"and", "or" between two options.</summary>
    public void Link(CueKind link) => _link = link;

    /// <summary>An item or something else that is denied as a whole.</summary>
    public void Use() => (HasObject, _lastGroup, _link) = (true, null, null);

    /// <summary>Whether the option that is named now is denied; an option that is not ends the denial.</summary>
    public bool Covers(string group, string? amount)
    {
        if (!IsActive) return false;
        // "no ham and extra cheese": the amount says that it is wanted. "no onions thin crust": another kind of choice begins.
        if (HasObject && (_link is not CueKind.Or && amount is not null || _link is null && _lastGroup != group))
        {
            End();
            return false;
        }
        (HasObject, _lastGroup, _link) = (true, group, null);
        return true;
    }
}
