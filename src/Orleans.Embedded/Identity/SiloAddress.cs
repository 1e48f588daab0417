using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;

namespace Orleans.Runtime;

/// <summary>One life of a silo: its endpoint and a generation that differs after each start. Text form: <c>ip:port@generation</c>.</summary>
public sealed class SiloAddress : IEquatable<SiloAddress>, IComparable<SiloAddress>, IFormattable, IParsable<SiloAddress>
{
    private static int lastGeneration;

    private SiloAddress(IPEndPoint endpoint, int generation)
    {
        Endpoint = endpoint;
        Generation = generation;
    }

    /// <summary>No silo.</summary>
    public static SiloAddress Zero { get; } = new(new IPEndPoint(IPAddress.Any, 0), 0);

    /// <summary>Where the silo listens for other silos.</summary>
    public IPEndPoint Endpoint { get; }

    /// <summary>Which start of the silo this is; negative for clients.</summary>
    public int Generation { get; }

    /// <summary>Whether this is a client.</summary>
    public bool IsClient => Generation < 0;

    /// <summary>Creates an address.</summary>
    public static SiloAddress New(IPEndPoint ep, int gen)
    {
        ArgumentNullException.ThrowIfNull(ep);
        return new SiloAddress(ep, gen);
    }

    /// <summary>Creates an address.</summary>
    public static SiloAddress New(IPAddress address, int port, int generation) => new(new IPEndPoint(address, port), generation);

    /// <summary>A generation that no earlier silo of this process has: seconds since 2010, at least one more than the last.</summary>
    public static int AllocateNewGeneration()
    {
        var now = (int)((TimeProvider.System.GetUtcNow().UtcTicks - new DateTime(2010, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks) / TimeSpan.TicksPerSecond);
        while (true)
        {
            var last = Volatile.Read(ref lastGeneration);
            var next = Math.Max(now, last + 1);
            if (Interlocked.CompareExchange(ref lastGeneration, next, last) == last)
            {
                return next;
            }
        }
    }

    /// <summary>Reads the text form.</summary>
    public static SiloAddress FromParsableString(string addr) => Parse(addr);

    /// <summary>Reads the text form.</summary>
    public static SiloAddress Parse(string value) => Parse(value, null);

    /// <summary>Reads the text form.</summary>
    public static SiloAddress Parse(string value, IFormatProvider? provider)
        => TryParse(value, provider, out var result) ? result : throw new FormatException($"\"{value}\" is not a silo address of the form ip:port@generation.");

    /// <summary>Reads the text form.</summary>
    public static bool TryParse([NotNullWhen(true)] string? value, [MaybeNullWhen(false)] out SiloAddress result) => TryParse(value, null, out result);

    /// <summary>Reads the text form.</summary>
    public static bool TryParse([NotNullWhen(true)] string? value, IFormatProvider? provider, [MaybeNullWhen(false)] out SiloAddress result)
    {
        var at = value?.LastIndexOf('@') ?? -1;
        if (at > 0 && IPEndPoint.TryParse(value.AsSpan(0, at), out var endpoint)
            && int.TryParse(value.AsSpan(at + 1), NumberStyles.Integer, CultureInfo.InvariantCulture, out var generation))
        {
            result = new SiloAddress(endpoint, generation);
            return true;
        }

        result = null;
        return false;
    }

    /// <summary>The text form.</summary>
    public string ToParsableString() => $"{Endpoint}@{Generation.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>The text for people, with the hash.</summary>
    public string ToStringWithHashCode() => $"{this}/x{GetConsistentHashCode():X8}";

    /// <summary>A hash that is the same in every process.</summary>
    public int GetConsistentHashCode() => unchecked((int)StableHash.ComputeHash(ToParsableString()));

    /// <summary>Whether the other is a later life at the same endpoint.</summary>
    public bool IsPredecessorOf(SiloAddress other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Endpoint.Equals(other.Endpoint) && Generation < other.Generation;
    }

    /// <summary>Whether the other is an earlier life at the same endpoint.</summary>
    public bool IsSuccessorOf(SiloAddress other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Endpoint.Equals(other.Endpoint) && Generation > other.Generation;
    }

    /// <inheritdoc/>
    public bool Equals(SiloAddress? other)
        => other is not null && (ReferenceEquals(this, other) || (Generation == other.Generation && Endpoint.Equals(other.Endpoint)));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SiloAddress);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Endpoint, Generation);

    /// <inheritdoc/>
    public int CompareTo(SiloAddress? other)
        => other is null ? 1 : string.CompareOrdinal(ToParsableString(), other.ToParsableString());

    /// <inheritdoc/>
    public override string ToString() => $"{(IsClient ? 'C' : 'S')}{Endpoint}:{Generation.ToString(CultureInfo.InvariantCulture)}";

    /// <inheritdoc/>
    public string ToString(string? format, IFormatProvider? formatProvider) => ToString();
}
