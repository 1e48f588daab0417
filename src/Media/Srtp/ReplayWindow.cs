namespace VoiceOrdering.Media.Srtp;

/// <summary>The last 128 packet indices that were authenticated (RFC 3711 §3.3.2).</summary>
internal struct ReplayWindow
{
    private const int Size = 128;
    private ulong _highest;
    private UInt128 _seen;
    private bool _isStarted;

    public readonly ulong Highest => _highest;

    public readonly bool IsStarted => _isStarted;

    /// <summary>False for an index seen before or too old to tell.</summary>
    public readonly bool IsFresh(ulong index)
    {
        if (!_isStarted || index > _highest)
        {
            return true;
        }

        ulong age = _highest - index;
        return age < Size && ((_seen >> (int)age) & UInt128.One) == UInt128.Zero;
    }

    /// <summary>Notes an authenticated index.</summary>
    public void Add(ulong index)
    {
        if (!_isStarted)
        {
            _isStarted = true;
            _highest = index;
            _seen = UInt128.One;
        }
        else if (index > _highest)
        {
            ulong step = index - _highest;
            _seen = step >= Size ? UInt128.One : (_seen << (int)step) | UInt128.One;
            _highest = index;
        }
        else
        {
            _seen |= UInt128.One << (int)(_highest - index);
        }
    }
}
