using Microsoft.AspNetCore.Connections;
using VoiceOrdering.Silo.Storage;

namespace VoiceOrdering.Api.Hosting;

/// <summary>The process from its arguments to its exit code: 0 after a drained stop, 1 when it could not run, 2 when it was started wrongly.</summary>
internal static class ApiProcess
{
    /// <summary>Runs until Ctrl-C or SIGTERM.</summary>
    public static async Task<int> RunAsync(string[] arguments, TextWriter output, TextWriter errors)
    {
        try
        {
            if (ApiCommandLine.Read(arguments, System.Environment.GetEnvironmentVariable, output) is not { } settings)
            {
                return 0;
            }

            PrepareData(settings);
            PortCheck.Run(settings);
            await using var app = await ApiApplication.BuildAsync(settings);
            await app.StartAsync();
            StartNotice.Write(app, settings, output);
            var hearing = HearMenusAsync(app, output);
            await app.WaitForShutdownAsync();
            await hearing;
            return 0;
        }
        catch (Exception exception)
        {
            var (line, code) = Explain(exception);
            await errors.WriteLineAsync($"voiceordering: {line}");
            return code;
        }
    }

    /// <summary>Lets the simulator learn the demo menus beside the running process; a failure costs hearing, never the process.</summary>
    private static async Task HearMenusAsync(WebApplication app, TextWriter output)
    {
        if (app.Services.GetService<SimulatedModel>() is not { } simulated)
        {
            return;
        }

        try
        {
            await simulated.LearnMenusAsync(
                app.Services.GetRequiredService<IGrainFactory>(), restaurant => output.WriteLine($"hears: the simulator understands speech at {restaurant}"), app.Lifetime.ApplicationStopping);
        }
        catch (OperationCanceledException)
        {
            // Stopped before it had learned; a trained ear is kept on disk only when it is complete.
        }
        catch (Exception failure)
        {
            app.Logger.LogWarning(failure, "The simulator could not learn the demo menus; typed turns work");
        }
    }

    private static void PrepareData(ApiSettings settings)
    {
        try
        {
            Directory.CreateDirectory(settings.DataDirectory);
            File.Open(Path.Combine(settings.DataDirectory, ".writable"), new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Options = FileOptions.DeleteOnClose }).Dispose();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new SettingException($"the data folder {settings.DataDirectory} cannot be written; choose another with --data");
        }
    }

    /// <summary>One line for whatever stopped the start; the settings' own exceptions may be wrapped by the host.</summary>
    private static (string Line, int Code) Explain(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case SettingException:
                    return (cause.Message.ReplaceLineEndings(" "), 2);
                case AddressInUseException:
                    return ("the port is in use by another program; choose another with --port", 2);
                case StorageException storage:
                    return ($"{storage.Code}: {storage.Message.ReplaceLineEndings(" ")}", 1);
            }
        }

        return ($"could not run: {exception.GetType().Name}: {exception.Message.ReplaceLineEndings(" ")}", 1);
    }
}
