using System.Collections.Concurrent;
using System.Text.Json;
using VoiceOrdering.Realtime.Simulator.Protocol;

namespace VoiceOrdering.Realtime.Simulator.Hosting;

/// <summary>Ephemeral keys: each opens any number of sessions until it expires, and carries the settings they start with.</summary>
internal sealed class ClientSecrets(SimulatorOptions options, TimeProvider time, IdSource ids)
{
    private readonly ConcurrentDictionary<string, ClientSecret> _secrets = new(StringComparer.Ordinal);

    /// <summary>A new key, or null when too many are valid.</summary>
    public ClientSecret? Create(TimeSpan lifetime, string model, JsonElement? session)
    {
        var now = time.GetUtcNow();
        foreach (var (value, secret) in _secrets)
        {
            if (secret.ExpiresAt <= now)
            {
                _secrets.TryRemove(value, out _);
            }
        }

        if (_secrets.Count >= options.MaxClientSecrets)
        {
            return null;
        }

        var made = new ClientSecret(ids.Next("ek"), now + lifetime, model, session);
        _secrets[made.Value] = made;
        return made;
    }

    /// <summary>The key, if it is one of ours and has not expired.</summary>
    public ClientSecret? FindValid(string value) =>
        _secrets.TryGetValue(value, out var secret) && secret.ExpiresAt > time.GetUtcNow() ? secret : null;
}
