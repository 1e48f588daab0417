using System.Text.Json;
using System.Text.Json.Serialization;
using VoiceOrdering.Json;

namespace VoiceOrdering.Api.Problems;

/// <summary>The JSON rules of the HTTP surface: the domain's dialect (<see cref="WireJson"/>), read strictly.</summary>
internal static class ApiJson
{
    /// <summary>Options of every answer and event.</summary>
    public static JsonSerializerOptions Options { get; } = Apply(new JsonSerializerOptions(JsonSerializerDefaults.Web));

    /// <summary>Unknown members, doubled members, numbers in quotes, and null where a value is needed are errors, never silently dropped.</summary>
    public static JsonSerializerOptions Apply(JsonSerializerOptions options)
    {
        var dialect = WireJson.Options;
        options.PropertyNamingPolicy = dialect.PropertyNamingPolicy;
        options.DictionaryKeyPolicy = dialect.DictionaryKeyPolicy;
        options.DefaultIgnoreCondition = dialect.DefaultIgnoreCondition;
        options.Encoder = dialect.Encoder;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.PropertyNameCaseInsensitive = false;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.AllowDuplicateProperties = false;
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = true;
        options.MaxDepth = 32;
        options.TypeInfoResolver = dialect.TypeInfoResolver;
        foreach (var converter in dialect.Converters)
        {
            options.Converters.Add(converter);
        }

        return options;
    }
}
