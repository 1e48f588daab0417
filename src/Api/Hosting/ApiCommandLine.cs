using System.CommandLine;
using System.Globalization;
using System.Net;
using VoiceOrdering.Silo.Storage;
using VoiceOrdering.Silo.Storage.Relational;

namespace VoiceOrdering.Api.Hosting;

/// <summary>The command line of the API process. Every option can also be given as the environment variable named in its help.</summary>
internal sealed class ApiCommandLine
{
    private readonly Dictionary<Option, string> _variables = [];
    private readonly RootCommand _root = new("VoiceOrdering API silo: pages, HTTP API, calls and grains in one process.");
    private readonly Func<string, string?> _environment;

    private ApiCommandLine(Func<string, string?> environment) => _environment = environment;

    /// <summary>The engine whose assemblies this program was built against.</summary>
    public static string BuiltEngine { get; } = typeof(IGrain).Assembly.GetName().Name == "Orleans.Embedded" ? "embedded" : "orleans";

    /// <summary>Reads the arguments. When they ask for help, it is printed and null is returned.</summary>
    /// <exception cref="SettingException">An option or value is wrong.</exception>
    public static ApiSettings? Read(IReadOnlyList<string> arguments, Func<string, string?> environment, TextWriter output) =>
        new ApiCommandLine(environment).Read(arguments, output);

    private ApiSettings? Read(IReadOnlyList<string> arguments, TextWriter output)
    {
        var port = Text("--port", "VO_PORT", "8080", "TCP port of pages and HTTP API (0: any free one)");
        var data = Text("--data", "VO_DATA", "./data", "folder of the database and caches");
        var database = Text("--database", "VO_DATABASE", "sqlite", "sqlite, sqlite:PATH, postgres:Host=…;Database=…;Username=… or postgres://user@host/database");
        var udpPort = Text("--udp-port", "VO_UDP_PORT", "40000", "UDP port of WebRTC media (0: any free one)");
        var sipPort = Text("--sip-port", "VO_SIP_PORT", "5060", "UDP and TCP port of SIP");
        var simulator = Text("--simulator", "VO_SIMULATOR", "auto", "on, off, or auto: on when OPENAI_API_KEY is not set");
        var engine = Text("--engine", "VO_ENGINE", BuiltEngine, "actor engine, embedded or orleans; must be the one this program was built with");
        var named = Text("--environment", "DOTNET_ENVIRONMENT", Environments.Development, "Development (demo restaurants and users) or another name");

        var parsed = _root.Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            throw new SettingException($"{parsed.Errors[0].Message.TrimEnd('.')} (--help lists the options)");
        }

        if (parsed.Action is not null)
        {
            parsed.InvocationConfiguration.Output = output;
            parsed.Invoke(parsed.InvocationConfiguration);
            return null;
        }

        var chosen = Word(parsed, engine, "embedded", "orleans");
        if (chosen != BuiltEngine)
        {
            throw new SettingException($"--engine {chosen}: this program was built with the {BuiltEngine} engine (build with -p:Engine={chosen})");
        }

        var simulated = Word(parsed, simulator, "auto", "on", "off");
        var environmentName = Value(parsed, named);
        var dataDirectory = Path.GetFullPath(Value(parsed, data));
        return new ApiSettings
        {
            Port = PortNumber(parsed, port),
            DataDirectory = dataDirectory,
            Database = Database(Value(parsed, database), dataDirectory),
            UdpPort = PortNumber(parsed, udpPort),
            SipPort = PortNumber(parsed, sipPort),
            Simulator = simulated == "on" || (simulated == "auto" && string.IsNullOrWhiteSpace(_environment("OPENAI_API_KEY"))),
            Environment = environmentName,
            Bind = Address(environmentName),
            OperatorPassword = _environment("VO_OPERATOR_PASSWORD") is { Length: > 0 } first ? first : null,
            DevelopmentPassword = _environment("VO_DEV_PASSWORD") is { Length: > 0 } password ? password : null,
            IceServers = _environment("VO_ICE_SERVERS")?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [],
        };
    }

    private Option<string> Text(string name, string variable, string @default, string description)
    {
        var option = new Option<string>(name) { Description = $"{description} [environment {variable}]", HelpName = "value", DefaultValueFactory = _ => @default };
        _variables[option] = variable;
        _root.Add(option);
        return option;
    }

    private string Value(ParseResult parsed, Option<string> option)
    {
        var given = parsed.GetResult(option) is { Implicit: false };
        var value = given ? parsed.GetValue(option) : _environment(_variables[option]) is { Length: > 0 } set ? set : parsed.GetValue(option);
        return string.IsNullOrWhiteSpace(value) ? throw new SettingException($"{option.Name} needs a value") : value;
    }

    private string Word(ParseResult parsed, Option<string> option, params string[] words)
    {
        var value = Value(parsed, option);
        return words.Contains(value, StringComparer.Ordinal) ? value : throw new SettingException($"{option.Name} must be one of {string.Join(", ", words)}, not '{value}'");
    }

    private int PortNumber(ParseResult parsed, Option<string> option)
    {
        var value = Value(parsed, option);
        return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= IPEndPoint.MaxPort
            ? port
            : throw new SettingException($"{option.Name} must be a port from 0 to 65535, not '{value}'");
    }

    private static StorageSettings Database(string address, string dataDirectory)
    {
        try
        {
            return DatabaseAddress.Read(address, ApiSettings.FileIn(dataDirectory));
        }
        catch (FormatException wrong)
        {
            throw new SettingException($"--database: {wrong.Message}");
        }
    }

    /// <summary>Development stays on loopback unless told otherwise: its users have one password.</summary>
    private IPAddress? Address(string environmentName)
    {
        var given = _environment("VO_BIND");
        if (string.IsNullOrWhiteSpace(given))
        {
            return string.Equals(environmentName, Environments.Development, StringComparison.OrdinalIgnoreCase) ? null : IPAddress.Any;
        }

        return given == "localhost" ? null
            : IPAddress.TryParse(given, out var address) ? address
            : throw new SettingException($"VO_BIND must be an IP address or localhost, not '{given}'");
    }
}
