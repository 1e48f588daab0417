using VoiceOrdering.Media.Audio;
using VoiceOrdering.Realtime;
using VoiceOrdering.Sessions;

namespace VoiceOrdering.Api.Calls;

/// <summary>Turns what the session grain knows into what a new provider session is told. Pure.</summary>
internal static class ProviderSeed
{
    /// <summary>Said to the model when a new customer is there.</summary>
    public const string Greeting = "The customer has just connected. Greet them in one short sentence and ask what they would like.";

    /// <summary>Said to the model when the customer comes back to a session.</summary>
    public const string WelcomeBack =
        "The customer was disconnected and is back. Welcome them back in one short sentence, say what is in the cart, and go on where you stopped.";

    /// <summary>Said to the model when its own line broke in the middle of the call.</summary>
    public const string Reintroduction =
        "Your connection to the customer broke for a moment and is back; the customer's last words may be lost. " +
        "Say sorry in one short sentence and go on where you stopped; ask again when you are not sure what the customer wanted.";

    /// <summary>
    /// Put behind the past turns. Without it a model takes wishes it reads for the first time as new ones and carries them out again:
    /// the lines would be in the cart twice.
    /// </summary>
    public const string EndOfHistory =
        "Everything above was said before this connection. It is dealt with as far as the cart shows it: do not carry any of it out again. " +
        "When the customer's last wish is not in the cart, ask whether it is still wanted.";

    /// <summary>Settings of a session for this leg. The leg's own format is the provider's: nothing is transcoded.</summary>
    public static SessionSettings Settings(ModelBrief brief, AudioFormat? format, CallSettings settings) => new()
    {
        Instructions = brief.Instructions,
        Tools = [.. brief.Tools.Select(tool => new ToolDefinition(tool.Name, tool.Description, tool.ParametersJson))],
        ToolChoice = "auto",
        Modality = format is null ? ResponseModality.Text : ResponseModality.Audio,
        InputFormat = format is { } input ? ToWire(input) : null,
        OutputFormat = format is { } output ? ToWire(output) : null,
        TurnDetection = format is null ? null : new TurnDetection.ServerVad { SilenceDurationMs = (int)settings.TurnSilence.TotalMilliseconds },
    };

    /// <summary>Past turns for a session that goes on, without those that will be sent as turns of their own.</summary>
    public static IReadOnlyList<SeedItem> Items(ModelBrief brief, IReadOnlyCollection<string> unsent)
    {
        List<SeedItem> items =
        [
            .. brief.Turns
                .Where(turn => turn.Text.Length > 0 && !unsent.Contains(turn.ItemId))
                .Select(turn => new SeedItem(turn.Role == "assistant" ? ConversationRole.Assistant : ConversationRole.User, turn.Text)),
        ];
        if (items.Count > 0)
        {
            items.Add(new SeedItem(ConversationRole.System, EndOfHistory));
        }

        return items;
    }

    private static RealtimeAudioFormat ToWire(AudioFormat format) => format.Encoding switch
    {
        AudioEncoding.Pcmu => RealtimeAudioFormat.Pcmu,
        AudioEncoding.Pcma => RealtimeAudioFormat.Pcma,
        AudioEncoding.Pcm16 => RealtimeAudioFormat.Pcm24k,
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "A leg always has a format."),
    };
}
