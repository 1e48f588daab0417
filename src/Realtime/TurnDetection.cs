namespace VoiceOrdering.Realtime;

/// <summary>Who decides that the caller has finished a turn. A closed set.</summary>
public abstract record TurnDetection
{
    private TurnDetection()
    {
    }

    /// <summary>The client commits audio and asks for responses itself (<c>turn_detection: null</c>).</summary>
    public sealed record Manual : TurnDetection;

    /// <summary>The provider ends a turn after a pause (<c>server_vad</c>).</summary>
    public sealed record ServerVad : TurnDetection
    {
        /// <summary>Level above which a frame is speech, 0 to 1. Default 0.5.</summary>
        public double Threshold { get; init; } = 0.5;

        /// <summary>Audio kept from before the detected start, in milliseconds, 0 to 5000. Default 300.</summary>
        public int PrefixPaddingMs { get; init; } = 300;

        /// <summary>Silence that ends the turn, in milliseconds, 50 to 10000. Default 500 (live sessions report 200).</summary>
        public int SilenceDurationMs { get; init; } = 500;

        /// <summary>Silence of the caller after which the provider raises a time-out turn, 5000 to 30000; null never does.</summary>
        public int? IdleTimeoutMs { get; init; }

        /// <summary>Whether a committed turn gets a response by itself. Turn off to serialise responses with tool outputs.</summary>
        public bool CreateResponse { get; init; } = true;

        /// <summary>Whether the caller's speech cancels the running response.</summary>
        public bool InterruptResponse { get; init; } = true;
    }

    /// <summary>The provider ends a turn when the sentence sounds complete (<c>semantic_vad</c>).</summary>
    public sealed record SemanticVad : TurnDetection
    {
        /// <summary><c>low</c>, <c>medium</c>, <c>high</c> or <c>auto</c>: waits at most 8, 4, 2 or 4 seconds.</summary>
        public string Eagerness { get; init; } = "auto";

        /// <summary>Whether a committed turn gets a response by itself.</summary>
        public bool CreateResponse { get; init; } = true;

        /// <summary>Whether the caller's speech cancels the running response.</summary>
        public bool InterruptResponse { get; init; } = true;
    }
}
