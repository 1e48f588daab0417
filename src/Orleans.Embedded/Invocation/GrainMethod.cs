using System.Reflection;
using Orleans.CodeGeneration;

namespace OrleansEmbedded.Invocation;

/// <summary>One method of a grain interface: what the generator knows of it, and what is measured.</summary>
public sealed class GrainMethod
{
    private const int CallsToEarnDirect = 32;
    private const int FewestCallsBarred = 64;
    private const int MostCallsBarred = 1 << 16;
    private static readonly long SlowTicks = System.Diagnostics.Stopwatch.Frequency / 10_000;

    private readonly Func<MethodInfo> _reflect;
    private MethodInfo? _method;
    private int _credit;
    private int _penalty = FewestCallsBarred;

    /// <summary>Describes a method. <paramref name="reflect"/> runs at most once, only for filters and traces.</summary>
    public GrainMethod(Type interfaceType, string name, InvokeMethodOptions options, TimeSpan? responseTimeout, Func<MethodInfo> reflect)
    {
        InterfaceType = interfaceType;
        Name = name;
        Options = options;
        ResponseTimeout = responseTimeout;
        _reflect = reflect;
    }

    /// <summary>The interface.</summary>
    public Type InterfaceType { get; }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>How it may be scheduled.</summary>
    public InvokeMethodOptions Options { get; }

    /// <summary>Its own time-out.</summary>
    public TimeSpan? ResponseTimeout { get; }

    /// <summary>The method by reflection.</summary>
    public MethodInfo Method => _method ??= _reflect();

    /// <inheritdoc/>
    public override string ToString() => $"{InterfaceType.Name}.{Name}";

    /// <summary>
    /// Whether calls may start on the caller's thread when the target is idle. A method earns that by returning quickly from its first
    /// turn many times in a row, so that a slow or blocking grain never holds up its callers.
    /// </summary>
    internal bool MayStartDirect => Volatile.Read(ref _credit) >= CallsToEarnDirect;

    /// <summary>
    /// A first turn was slow. Once it has to be earned again: the thread may just have been put aside. When that happens before it is
    /// earned, the method is barred for a number of calls, each time for four times as many.
    /// </summary>
    internal void Bar()
    {
        if (Volatile.Read(ref _credit) >= CallsToEarnDirect)
        {
            Volatile.Write(ref _credit, 0);
            return;
        }

        Volatile.Write(ref _credit, -_penalty);
        _penalty = Math.Min(_penalty * 4, MostCallsBarred);
    }

    internal void Earn()
    {
        if (_credit < CallsToEarnDirect && Interlocked.Increment(ref _credit) == CallsToEarnDirect)
        {
            _penalty = FewestCallsBarred;
        }
    }

    internal void FirstTurnTook(long ticks)
    {
        if (ticks > SlowTicks)
        {
            Bar();
        }
        else
        {
            Earn();
        }
    }
}
