using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using VoiceOrdering.Silo.Storage.Postgres;

namespace VoiceOrdering.Api.Hosting;

/// <summary>What a person at the terminal wants to know once the process runs. Passwords are only shown in Development, and only one that was drawn.</summary>
internal static class StartNotice
{
    public static void Write(WebApplication app, ApiSettings settings, TextWriter output)
    {
        var address = AddressOf(app);
        output.WriteLine($"VoiceOrdering ({settings.Environment}, {ApiCommandLine.BuiltEngine} engine), data in {settings.DataDirectory}");
        if (settings.Database is PostgresSettings server)
        {
            output.WriteLine($"  database       {server}");
        }

        output.WriteLine($"  order page     {address}/");
        output.WriteLine($"  kitchen board  {address}/kitchen");
        output.WriteLine($"  API browser    {address}/docs");
        WriteUsers(app.Services.GetRequiredService<DevelopmentSeed>(), settings, output);
        output.WriteLine(settings.Simulator
            ? "  simulated      the model: speech and answers come from this machine, nothing is sent to OpenAI (--simulator off with OPENAI_API_KEY uses the real one)"
            : "  simulated      nothing: calls go to OpenAI and cost money");
        output.WriteLine($"ready: {address} (Ctrl-C stops)");
        output.Flush();
    }

    /// <summary>The address people type.</summary>
    public static string AddressOf(WebApplication app)
    {
        var bound = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return bound.Replace("127.0.0.1", "localhost", StringComparison.Ordinal).Replace("[::]", "localhost", StringComparison.Ordinal)
            .Replace("0.0.0.0", "localhost", StringComparison.Ordinal).TrimEnd('/');
    }

    private static void WriteUsers(DevelopmentSeed seed, ApiSettings settings, TextWriter output)
    {
        if (seed.Users.Count == 0)
        {
            return;
        }

        output.WriteLine(settings.DevelopmentPassword is null ? $"  password       {seed.Password}   (of all users below; VO_DEV_PASSWORD sets it)" : "  password       as set by VO_DEV_PASSWORD, of all users below");
        foreach (var user in seed.Users)
        {
            output.WriteLine($"  user           {user.Username,-20} {string.Join(' ', user.Scopes)}");
        }
    }
}
