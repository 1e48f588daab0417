using System.Text;
using System.Text.Json;

namespace VoiceOrdering.Api.Tests.Hosting;

/// <summary>One event of a stream.</summary>
public sealed record ReadEvent(string Name, string? Id, JsonElement Data);

/// <summary>Reads an event stream as a client does.</summary>
public sealed class EventReader(HttpResponseMessage response) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private StreamReader? _lines;

    /// <summary>The next event; fails when none comes in time or the stream ends.</summary>
    public async Task<ReadEvent> NextAsync(string awaited) =>
        await TryNextAsync(awaited) ?? throw new EndOfStreamException($"The stream ended while waiting for {awaited}.");

    /// <summary>The next event with this name; others are skipped.</summary>
    public async Task<ReadEvent> NextAsync(string name, string awaited)
    {
        while (true)
        {
            var next = await NextAsync(awaited);
            if (next.Name == name)
            {
                return next;
            }
        }
    }

    /// <summary>The next event, or null when the stream ended.</summary>
    public async Task<ReadEvent?> TryNextAsync(string awaited)
    {
        string? name = null, id = null;
        var data = new StringBuilder();
        while (true)
        {
            var line = await LineAsync(awaited);
            if (line is null)
            {
                return null;
            }

            if (line.Length == 0)
            {
                if (data.Length > 0)
                {
                    return new ReadEvent(name ?? "message", id, JsonDocument.Parse(data.ToString()).RootElement);
                }

                (name, id) = (null, null);
            }
            else if (line.StartsWith("event: ", StringComparison.Ordinal))
            {
                name = line[7..];
            }
            else if (line.StartsWith("id: ", StringComparison.Ordinal))
            {
                id = line[4..];
            }
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                data.Append(line, 6, line.Length - 6);
            }
        }
    }

    /// <summary>The next raw line; null at the end of the stream, also when it is cut off.</summary>
    public async Task<string?> LineAsync(string awaited)
    {
        _lines ??= new StreamReader(await response.Content.ReadAsStreamAsync());
        try
        {
            return await _lines.ReadLineAsync().WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"Nothing came within {Patience.TotalSeconds} s while waiting for {awaited}.");
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            return null;
        }
    }

    public void Dispose()
    {
        response.Dispose();
        _lines?.Dispose();
    }
}
