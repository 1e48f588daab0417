using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using VoiceOrdering.Identity;

namespace VoiceOrdering.Json;

/// <summary>The one JSON dialect of events, HTTP bodies and menu files: camelCase, enums as camelCase words, ids as plain strings, nulls left out.</summary>
public static class WireJson
{
    /// <summary>Read-only options; safe to share between threads. Unknown members are ignored when reading.</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    /// <summary>Serializes <paramref name="value"/> with <see cref="Options"/>.</summary>
    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Options);

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            // Non-ASCII names stay readable; the output is JSON over HTTP and never pasted into HTML.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            NumberHandling = JsonNumberHandling.Strict,
        };
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        options.Converters.Add(new StringIdConverter<RestaurantId>(text => new RestaurantId(text), id => id.Value));
        options.Converters.Add(new StringIdConverter<SessionId>(text => new SessionId(text), id => id.Value));
        options.Converters.Add(new StringIdConverter<OrderId>(text => new OrderId(text), id => id.Value));
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    private sealed class StringIdConverter<T>(Func<string, T> read, Func<T, string> write) : JsonConverter<T> where T : struct
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            read(reader.TokenType == JsonTokenType.String ? reader.GetString()! : throw new JsonException("An id is a JSON string."));

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(write(value));
    }
}
