using System.Globalization;
using VoiceOrdering.TestKit.Processes;

namespace VoiceOrdering.Load.Orders;

/// <summary>The product as a process that is killed and started again on the same data and the same port.</summary>
internal sealed class KilledProduct(int restaurants, TimeProvider time) : IAsyncDisposable
{
    private const int MostStarts = 10;
    private static readonly TimeSpan BetweenStarts = TimeSpan.FromMilliseconds(500);
    private readonly string _data = Directory.CreateTempSubdirectory("vo-load-").FullName;
    private ApiProcess? _process;
    private TaskCompletionSource _up = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Uri Address => new(_process!.Address);

    /// <summary>Completes when the process takes requests; at once unless it is down.</summary>
    public Task Up => Volatile.Read(ref _up).Task;

    public int Kills { get; private set; }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var chain = restaurants.ToString(CultureInfo.InvariantCulture);
        var start = ApiStart.Fresh(AppContext.BaseDirectory, _data, "--simulator", "off", ChainProcess.Word, chain) with { Assembly = typeof(ChainProcess).Assembly.Location };
        await StartAsync(start, cancellationToken);
    }

    /// <summary>SIGKILL, then a new process on what is left.</summary>
    public async Task KillAsync(CancellationToken cancellationToken)
    {
        Volatile.Write(ref _up, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        var killed = _process!;
        await killed.KillAsync();
        Kills++;
        await StartAsync(killed.Start, cancellationToken);
        await killed.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        Directory.Delete(_data, recursive: true);
    }

    private async Task StartAsync(ApiStart start, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                _process = await ApiProcess.StartAsync(start);
                _up.TrySetResult();
                return;
            }
            catch (InvalidOperationException) when (attempt < MostStarts)
            {
                // Somebody's outgoing connection may have the port for a moment.
                await Task.Delay(BetweenStarts, time, cancellationToken);
            }
        }
    }
}
