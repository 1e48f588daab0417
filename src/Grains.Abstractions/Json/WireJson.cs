using System.Collections;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using VoiceOrdering.Carts;
using VoiceOrdering.Identity;
using VoiceOrdering.Restaurants;

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
        options.Converters.Add(new TimeOfDayConverter());
        options.TypeInfoResolver = new DefaultJsonTypeInfoResolver().WithAddedModifier(LeaveOutEmptyMenuParts);
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    // Most items of a menu have none of its finer parts: left out, a menu stays readable and a page's menu small.
    private static void LeaveOutEmptyMenuParts(JsonTypeInfo type)
    {
        if (!MenuParts.TryGetValue(type.Type, out var names)) return;
        foreach (var property in type.Properties.Where(property => names.Contains(property.Name, StringComparer.Ordinal)))
            property.ShouldSerialize = static (_, value) => value is not (null or ICollection { Count: 0 } or false or 0L);
        foreach (var property in type.Properties.Where(property => type.Type == typeof(MenuOption) && property.Name == "available"))
            property.ShouldSerialize = static (_, value) => value is false;
    }

    private static readonly Dictionary<Type, string[]> MenuParts = new()
    {
        [typeof(Menu)] = ["dayParts"],
        [typeof(MenuItem)] = ["dayParts", "spoken", "slots"],
        [typeof(OptionGroup)] = ["isSlot"],
        [typeof(MenuOption)] = ["groups", "allergens", "spoken"],
        [typeof(DayPart)] = ["days"],
        // The hash of a request that wishes nothing stays what it was before there were wishes.
        [typeof(LineRequest)] = ["amounts", "requests"],
        [typeof(LinePatch)] = ["amounts"],
    };

    private sealed class StringIdConverter<T>(Func<string, T> read, Func<T, string> write) : JsonConverter<T> where T : struct
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            read(reader.TokenType == JsonTokenType.String ? reader.GetString()! : throw new JsonException("An id is a JSON string."));

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(write(value));
    }

    /// <summary><c>HH:mm</c>, with seconds only where there are some.</summary>
    private sealed class TimeOfDayConverter : JsonConverter<TimeOnly>
    {
        private static readonly string[] Forms = ["HH:mm", "HH:mm:ss"];

        public override TimeOnly Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && TimeOnly.TryParseExact(reader.GetString(), Forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
                ? time
                : throw new JsonException("A time of day is HH:mm.");

        public override void Write(Utf8JsonWriter writer, TimeOnly value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString(value.Second == 0 ? Forms[0] : Forms[1], CultureInfo.InvariantCulture));
    }
}
