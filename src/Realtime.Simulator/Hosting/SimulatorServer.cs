using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using VoiceOrdering.Realtime.Simulator.Faults;
using VoiceOrdering.Realtime.Simulator.Models;
using VoiceOrdering.Realtime.Simulator.Protocol;

namespace VoiceOrdering.Realtime.Simulator.Hosting;

/// <summary>The HTTP side: who may open a session, and what a session is made of. One per process.</summary>
internal sealed class SimulatorServer
{
    private const int DefaultSecretSeconds = 600;

    private readonly SimulatorOptions _options;
    private readonly SimulatorControl _control;
    private readonly ISimulatedModelFactory _models;
    private readonly IVoice _voice;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly IHostApplicationLifetime _lifetime;
    private readonly IdSource _ids;
    private readonly ClientSecrets _secrets;
    private readonly PromptCache _prompts = new();
    private int _sessionNumber;

    public SimulatorServer(
        IOptions<SimulatorOptions> options, SimulatorControl control, ISimulatedModelFactory models, IVoice voice,
        TimeProvider time, ILogger<SimulatorServer> logger, IHostApplicationLifetime lifetime)
    {
        _options = options.Value;
        _control = control;
        _models = models;
        _voice = voice;
        _time = time;
        _logger = logger;
        _lifetime = lifetime;
        _ids = new IdSource(new Random(_options.Seed));
        _secrets = new ClientSecrets(_options, time, _ids);
    }

    public bool HasControlApi => _options.ControlApi;

    /// <summary><c>GET /v1/realtime</c>.</summary>
    public async Task ConnectAsync(HttpContext http)
    {
        if (Refusal(http, out var model, out var secret) is { } refused)
        {
            await refused.ExecuteAsync(http);
            return;
        }

        var offersRealtime = http.WebSockets.WebSocketRequestedProtocols.Contains("realtime");
        using var socket = await http.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext
        {
            SubProtocol = offersRealtime ? "realtime" : null,
        });
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(_lifetime.ApplicationStopping);
        var session = CreateSession(socket, http, ended, model, secret);
        _control.Add(session);
        try
        {
            await session.RunAsync();
        }
        finally
        {
            _control.Remove(session.Id);
        }
    }

    /// <summary><c>POST /v1/realtime/client_secrets</c>.</summary>
    public IResult CreateSecret(HttpRequest request, JsonElement body)
    {
        if (!IsAllowed(request, out _))
        {
            return ApiError.WrongKey();
        }

        if (body.ValueKind != JsonValueKind.Object)
        {
            return ApiError.Of(StatusCodes.Status400BadRequest, "invalid_value", "Expected a JSON object.");
        }

        var seconds = DefaultSecretSeconds;
        if (body.TryGetProperty("expires_after", out var after) && after.TryGetProperty("seconds", out var given))
        {
            seconds = given.TryGetInt32Safely() ?? 0;
        }

        if (seconds is < 10 or > 7200)
        {
            return ApiError.Of(StatusCodes.Status400BadRequest, "invalid_value", "Expected 10 to 7200 seconds.", "expires_after.seconds");
        }

        JsonElement? settings = body.TryGetProperty("session", out var session) ? session.Clone() : null;
        var model = settings?.Text("model") ?? "gpt-realtime-2.1";
        var config = new SessionConfig(_ids.Next("sess"), model, 0);
        try
        {
            ApplySettings(config, settings);
        }
        catch (ProtocolException refused)
        {
            return ApiError.Of(StatusCodes.Status400BadRequest, refused.Error.Code ?? "", refused.Error.Message, refused.Error.Param);
        }

        if (_secrets.Create(TimeSpan.FromSeconds(seconds), model, settings) is not { } secret)
        {
            return ApiError.Of(StatusCodes.Status429TooManyRequests, "rate_limit_exceeded", "Too many client secrets are valid at a time.");
        }

        return Results.Json(new JsonObject
        {
            ["value"] = secret.Value,
            ["expires_at"] = secret.ExpiresAt.ToUnixTimeSeconds(),
            ["session"] = config.ToJson(),
        });
    }

    public IResult ListModels(HttpRequest request) =>
        IsAllowed(request, out _) ? Results.Json(ModelCatalog.List()) : ApiError.WrongKey();

    public IResult GetModel(HttpRequest request, string id) =>
        !IsAllowed(request, out _) ? ApiError.WrongKey()
        : ModelCatalog.Find(id) is { } model ? Results.Json(model)
        : ApiError.Of(StatusCodes.Status404NotFound, "model_not_found", $"The model '{id}' does not exist.", "model");

    private static void ApplySettings(SessionConfig config, JsonElement? settings)
    {
        if (settings is { } given)
        {
            config.Apply(given, hasSpoken: false);
        }
    }

    private IResult? Refusal(HttpContext http, out string model, out ClientSecret? secret)
    {
        secret = null;
        model = http.Request.Query["model"].ToString();
        if (_control.TryTake("", faults => faults.RefuseUpgrades, (faults, left) => faults with { RefuseUpgrades = left }))
        {
            var faults = _control.Faults;
            http.Response.Headers.RetryAfter = faults.RetryAfterSeconds.ToString();
            return ApiError.Of(faults.RefuseStatus, "refused_by_simulator", "The simulator was told to refuse this.");
        }

        if (!IsAllowed(http.Request, out secret))
        {
            return ApiError.WrongKey();
        }

        if (!http.WebSockets.IsWebSocketRequest)
        {
            return ApiError.Of(StatusCodes.Status400BadRequest, "invalid_request", "This address takes WebSocket upgrades only.");
        }

        if (http.Request.Headers.ContainsKey("OpenAI-Beta"))
        {
            return ApiError.Of(StatusCodes.Status400BadRequest, "beta_api_shape_disabled", "The beta of this API is gone; leave out the header.", "OpenAI-Beta");
        }

        if (http.Request.Query.ContainsKey("call_id") || http.Request.Query.ContainsKey("intent"))
        {
            return ApiError.Of(StatusCodes.Status400BadRequest, "not_simulated", "The simulator has no calls and no transcription sessions.");
        }

        model = model.Length == 0 ? secret?.Model ?? "" : model;
        if (model.Length is 0 or > 128)
        {
            return ApiError.Of(StatusCodes.Status400BadRequest, "missing_model", "You must provide a model parameter.", "model");
        }

        return _control.OpenCount >= _options.MaxSessions
            ? ApiError.Of(StatusCodes.Status429TooManyRequests, "rate_limit_exceeded", "Too many sessions are open.")
            : null;
    }

    private bool IsAllowed(HttpRequest request, out ClientSecret? secret)
    {
        secret = null;
        if (Bearer.KeyOf(request) is not { Length: > 0 } key)
        {
            return false;
        }

        secret = _secrets.FindValid(key);
        if (secret is not null)
        {
            return true;
        }

        return !key.StartsWith("ek_", StringComparison.Ordinal) && (_options.ApiKeys.Count == 0 || _options.ApiKeys.Contains(key));
    }

    private SimulatedSession CreateSession(
        WebSocket socket, HttpContext http, CancellationTokenSource ended, string model, ClientSecret? secret)
    {
        var number = Interlocked.Increment(ref _sessionNumber);
        var ids = new IdSource(new Random(unchecked(_options.Seed + number * 31)));
        var sessionId = _ids.Next("sess");
        var config = new SessionConfig(sessionId, model, (_time.GetUtcNow() + TimeSpan.FromSeconds(_options.SessionSeconds)).ToUnixTimeSeconds());
        ApplySettings(config, secret?.Session);
        var info = new SimulatedSessionInfo(sessionId, model, new Random(unchecked(_options.Seed - number)), _time);
        var context = new SessionContext
        {
            SessionId = sessionId,
            Gate = new Lock(),
            Options = _options,
            Control = _control,
            Time = _time,
            Ids = ids,
            Outbox = new Outbox(socket, ids, _options.MaxQueuedEvents),
            Config = config,
            Conversation = new Conversation(ids.Next("conv"), _options.MaxItems),
            Model = _models.Create(info),
            Voice = _voice,
            Tokens = new TokenMeter(_prompts),
            Logger = _logger,
            Ended = ended.Token,
            Drop = http.Abort,
        };
        return new SimulatedSession(socket, context, ended);
    }
}
