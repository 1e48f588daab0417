using System.Text.Json;

namespace VoiceOrdering.Realtime.OpenAi;

/// <summary>Reads the type of an event and, when it is assistant audio, the audio: no document, no text for the base64.</summary>
internal static class AudioDeltaReader
{
    /// <summary>The event, or null when it is another kind; <paramref name="type"/> is then its type, null when it has none.</summary>
    /// <exception cref="JsonException">No JSON object.</exception>
    /// <exception cref="FormatException">The audio is no base64.</exception>
    public static AudioDelta? TryRead(ReadOnlySpan<byte> utf8, out string? type)
    {
        var reader = new Utf8JsonReader(utf8);
        var delta = default(Utf8JsonReader);
        var hasDelta = false;
        string? responseId = null;
        string? itemId = null;
        var contentIndex = 0;
        var isAudio = false;
        type = null;
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("type"u8))
            {
                reader.Read();
                isAudio = reader.TokenType == JsonTokenType.String
                    && (reader.ValueTextEquals("response.output_audio.delta"u8) || reader.ValueTextEquals("response.audio.delta"u8));
                if (!isAudio)
                {
                    type = reader.GetString();
                    return null;
                }

                type = reader.ValueTextEquals("response.audio.delta"u8) ? "response.audio.delta" : "response.output_audio.delta";
            }
            else if (reader.ValueTextEquals("delta"u8))
            {
                reader.Read();
                delta = reader;
                hasDelta = reader.TokenType == JsonTokenType.String;
            }
            else if (reader.ValueTextEquals("response_id"u8))
            {
                reader.Read();
                responseId = reader.GetString();
            }
            else if (reader.ValueTextEquals("item_id"u8))
            {
                reader.Read();
                itemId = reader.GetString();
            }
            else if (reader.ValueTextEquals("content_index"u8))
            {
                reader.Read();
                contentIndex = reader.GetInt32();
            }
            else
            {
                reader.Skip();
            }
        }

        if (!isAudio)
        {
            return null;
        }

        return hasDelta && itemId is not null
            ? new AudioDelta(responseId ?? "", itemId, contentIndex, delta.GetBytesFromBase64())
            : throw new JsonException("An audio delta without audio or item.");
    }
}
