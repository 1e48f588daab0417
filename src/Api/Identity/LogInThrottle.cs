using VoiceOrdering.Api.Hosting;
using VoiceOrdering.Api.Problems;

namespace VoiceOrdering.Api.Identity;

/// <summary>
/// Counts failed log-ins per name-and-address and per address in fixed windows. An attempt is counted before the password is looked at, so that
/// parallel attempts cannot slip through; a success gives its attempt back. Remembers a bounded number of keys; when that is full of running windows,
/// new keys are refused until one ends.
/// </summary>
internal sealed class LogInThrottle(ApiLimits limits, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Window> _windows = new(StringComparer.Ordinal);

    /// <summary>The address failures are counted for.</summary>
    public static string AddressOf(HttpContext http) => http.Connection.RemoteIpAddress?.ToString() ?? "unknown";

    /// <summary>What an attempt too many gets.</summary>
    public static ApiProblem Refused(TimeSpan wait) => new(429, "LOGIN_THROTTLED", "Too many failed log-ins; wait before the next one.") { RetryAfter = wait };

    /// <summary>Counts an attempt; returns how long to wait when there were too many.</summary>
    public TimeSpan? TryBegin(string name, string address)
    {
        var now = clock.GetUtcNow();
        lock (_gate)
        {
            if (_windows.Count + 2 > limits.LogInsTracked)
            {
                DropEnded(now);
            }

            var byName = Find(NameKey(name, address), now);
            var byAddress = Find(AddressKey(address), now);
            if (byName is null || byAddress is null)
            {
                return TimeSpan.FromSeconds(limits.LogInWindowSeconds);
            }

            var wait = Longer(byName.WaitFor(limits.LogInFailuresPerName, now), byAddress.WaitFor(limits.LogInFailuresPerAddress, now));
            if (wait > TimeSpan.Zero)
            {
                return wait;
            }

            byName.Count++;
            byAddress.Count++;
            return null;
        }
    }

    /// <summary>The attempt was right: it and the name's earlier failures no longer count.</summary>
    public void Succeeded(string name, string address)
    {
        lock (_gate)
        {
            _windows.Remove(NameKey(name, address));
            if (_windows.TryGetValue(AddressKey(address), out var byAddress) && byAddress.Count > 0)
            {
                byAddress.Count--;
            }
        }
    }

    private Window? Find(string key, DateTimeOffset now)
    {
        if (_windows.TryGetValue(key, out var window) && window.EndsAt > now)
        {
            return window;
        }

        if (window is null && _windows.Count >= limits.LogInsTracked)
        {
            return null;
        }

        return _windows[key] = new Window { EndsAt = now.AddSeconds(limits.LogInWindowSeconds) };
    }

    private void DropEnded(DateTimeOffset now)
    {
        foreach (var (key, window) in _windows)
        {
            if (window.EndsAt <= now)
            {
                _windows.Remove(key);
            }
        }
    }

    private static string NameKey(string name, string address) => $"n {address} {name.ToLowerInvariant()}";

    private static string AddressKey(string address) => $"a {address}";

    private static TimeSpan Longer(TimeSpan first, TimeSpan second) => first > second ? first : second;

    private sealed class Window
    {
        public required DateTimeOffset EndsAt { get; init; }

        public int Count { get; set; }

        public TimeSpan WaitFor(int allowed, DateTimeOffset now) => Count >= allowed ? EndsAt - now : TimeSpan.Zero;
    }
}
