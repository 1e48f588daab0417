using System.Collections.Concurrent;

namespace VoiceOrdering.Realtime.Simulator.Protocol;

/// <summary>Prompts read before by any session of the process, as far as the provider would have them cached. Safe for concurrent use.</summary>
internal sealed class PromptCache
{
    /// <summary>Prompts remembered; beyond it all are forgotten, as a cache may.</summary>
    private const int MaxPrompts = 1024;

    private readonly ConcurrentDictionary<string, bool> _seen = new(StringComparer.Ordinal);

    /// <summary>Whether the prompt was read before; from now on it was.</summary>
    public bool Seen(string prompt)
    {
        if (_seen.Count >= MaxPrompts)
        {
            _seen.Clear();
        }

        return !_seen.TryAdd(prompt, true);
    }
}
