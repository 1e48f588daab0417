namespace VoiceOrdering.Silo.Outbox;

/// <summary>The connections of the outbox: one client for addresses that restaurants give, one for the bot's.</summary>
internal sealed class OutboxHttp : IDisposable
{
    // Receivers move behind their names; an open connection would not see it.
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(2);

    public OutboxHttp(OutboxSettings settings, TimeProvider time)
    {
        Settings = settings;
        Time = time;
        Guard = new AddressGuard(settings);
        // Redirects would lead around the guard's judgement of the URL, a proxy around its connect.
        var guarded = new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false, PooledConnectionLifetime = ConnectionLifetime, ConnectCallback = Guard.ConnectAsync };
        Client = new HttpClient(guarded, disposeHandler: true) { Timeout = Timeout.InfiniteTimeSpan };
        Bot = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = ConnectionLifetime }, disposeHandler: true) { Timeout = Timeout.InfiniteTimeSpan };
    }

    public OutboxSettings Settings { get; }

    public TimeProvider Time { get; }

    public AddressGuard Guard { get; }

    public HttpClient Client { get; }

    public HttpClient Bot { get; }

    public void Dispose()
    {
        Client.Dispose();
        Bot.Dispose();
    }
}
