using System.Text.Json.Nodes;

namespace VoiceOrdering.Realtime.Simulator.Hosting;

/// <summary>Errors of the provider's REST side: <c>{error:{code,message,param,type}}</c>.</summary>
internal static class ApiError
{
    public static IResult Of(int status, string code, string message, string? param = null) =>
        Results.Json(new JsonObject
        {
            ["error"] = new JsonObject
            {
                ["code"] = code,
                ["message"] = message,
                ["param"] = param,
                ["type"] = status >= 500 ? "server_error" : "invalid_request_error",
            },
        }, statusCode: status);

    public static IResult WrongKey() => Of(StatusCodes.Status401Unauthorized, "invalid_api_key", "Incorrect API key provided.");
}
