using System.Net;
using System.Text;
using VoiceOrdering.Media.Ice;

namespace VoiceOrdering.Media.WebRtc;

/// <summary>One set of credentials of a session; an ICE restart makes the next.</summary>
internal sealed class IceGeneration(IceCredentials local, IceCredentials remote)
{
    private readonly byte[] _username = Encoding.UTF8.GetBytes(local.UserFragment + ":" + remote.UserFragment);

    public IceCredentials Local { get; } = local;

    /// <summary>RFC 8445 §7.2.2: our fragment, a colon, the peer's.</summary>
    public bool IsAddressedBy(ReadOnlySpan<byte> username) => username.SequenceEqual(_username);
}

/// <summary>The ICE-lite side of one session (RFC 8445 §2.5): answers checks, remembers where the peer is. Thread-safe.</summary>
internal sealed class IceAgent(IceGeneration first)
{
    /// <summary>Addresses kept per session; Chromium probes several pairs. The oldest is forgotten.</summary>
    public const int MaxAddresses = 8;

    private readonly Lock _lock = new();
    private readonly List<SocketAddress> _addresses = [];
    private IceGeneration _current = first;
    private IceGeneration? _next;
    private SocketAddress? _remote;

    /// <summary>Where to send: the pair nominated last, before that the first that was seen.</summary>
    public SocketAddress? Remote => Volatile.Read(ref _remote);

    /// <summary>Timestamp of the newest authenticated request; 0 before the first.</summary>
    public long LastConsentAt { get; private set; }

    public long FirstRequestAt { get; private set; }

    public int Restarts { get; private set; }

    /// <summary>The credentials a request is meant for; null when it is none of ours.</summary>
    public IceGeneration? Match(ReadOnlySpan<byte> username)
    {
        lock (_lock)
        {
            return _current.IsAddressedBy(username) ? _current
                : _next is not null && _next.IsAddressedBy(username) ? _next
                : null;
        }
    }

    /// <summary>Adds credentials that take over with the first nomination under them (RFC 8445 §2.4); returns a fragment that is given up.</summary>
    public string? Restart(IceGeneration next)
    {
        lock (_lock)
        {
            string? abandoned = _next?.Local.UserFragment;
            _next = next;
            Restarts++;
            return abandoned;
        }
    }

    /// <summary>User fragments in use.</summary>
    public string[] UserFragments()
    {
        lock (_lock)
        {
            return _next is null ? [_current.Local.UserFragment] : [_current.Local.UserFragment, _next.Local.UserFragment];
        }
    }

    public SocketAddress[] Addresses()
    {
        lock (_lock)
        {
            return [.. _addresses];
        }
    }

    /// <summary>An authenticated request came.</summary>
    public IceNews Note(IceGeneration generation, SocketAddress from, bool isNominated, long now)
    {
        lock (_lock)
        {
            LastConsentAt = now;
            FirstRequestAt = FirstRequestAt == 0 ? now : FirstRequestAt;
            IceNews news = default;
            int known = _addresses.IndexOf(from);
            SocketAddress address = known >= 0 ? _addresses[known] : Copy(from);
            if (known < 0)
            {
                if (_addresses.Count == MaxAddresses)
                {
                    news.Forgotten = _addresses[0];
                    _addresses.RemoveAt(0);
                }

                _addresses.Add(address);
                news.Learned = address;
            }

            if (isNominated && generation == _next)
            {
                news.RetiredUserFragment = _current.Local.UserFragment;
                _current = _next;
                _next = null;
            }

            if (_remote is null || (isNominated && generation == _current))
            {
                Volatile.Write(ref _remote, address);
            }

            return news;
        }
    }

    private static SocketAddress Copy(SocketAddress address)
    {
        SocketAddress copy = new(address.Family, address.Size);
        address.Buffer.Span[..address.Size].CopyTo(copy.Buffer.Span);
        return copy;
    }
}

/// <summary>What the table has to be told after a request.</summary>
internal record struct IceNews
{
    public SocketAddress? Learned;
    public SocketAddress? Forgotten;
    public string? RetiredUserFragment;
}
