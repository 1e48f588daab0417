using System.Runtime.ExceptionServices;

namespace Orleans.Serialization.Invocation;

/// <summary>What a request gave: nothing, a value or a failure.</summary>
public abstract class Response : IDisposable
{
    /// <summary>The value; reading it throws when the request failed.</summary>
    public abstract object? Result { get; set; }

    /// <summary>The failure.</summary>
    public abstract Exception? Exception { get; set; }

    /// <summary>A response without a value.</summary>
    public static Response Completed => CompletedResponse.Instance;

    /// <summary>A failure.</summary>
    public static Response FromException(Exception exception) => new ExceptionResponse { Exception = exception };

    /// <summary>A value.</summary>
    public static Response FromResult<TResult>(TResult value) => new Response<TResult> { TypedResult = value };

    /// <summary>The type of the value when it is known.</summary>
    public virtual Type? GetSimpleResultType() => null;

    /// <summary>The value.</summary>
    public abstract T GetResult<T>();

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <inheritdoc/>
    public override string ToString() => Exception is { } failure ? failure.ToString() : Result?.ToString() ?? "[null]";
}

/// <summary>A response without a value.</summary>
public sealed class CompletedResponse : Response
{
    /// <summary>The one instance.</summary>
    public static CompletedResponse Instance { get; } = new();

    /// <inheritdoc/>
    public override object? Result
    {
        get => null;
        set => throw new InvalidOperationException("A completed response has no value.");
    }

    /// <inheritdoc/>
    public override Exception? Exception
    {
        get => null;
        set => throw new InvalidOperationException("A completed response has no failure.");
    }

    /// <inheritdoc/>
    public override T GetResult<T>() => default!;

    /// <inheritdoc/>
    public override void Dispose()
    {
    }
}

/// <summary>A failure.</summary>
public sealed class ExceptionResponse : Response
{
    /// <inheritdoc/>
    public override object? Result
    {
        get
        {
            ExceptionDispatchInfo.Capture(Exception!).Throw();
            return null;
        }

        set => throw new InvalidOperationException("A failed response has no value.");
    }

    /// <inheritdoc/>
    public override Exception? Exception { get; set; }

    /// <inheritdoc/>
    public override T GetResult<T>() => (T)Result!;

    /// <inheritdoc/>
    public override void Dispose()
    {
    }
}

/// <summary>A value.</summary>
/// <typeparam name="TResult">The type of the value.</typeparam>
public sealed class Response<TResult> : Response
{
    /// <summary>The value.</summary>
    public TResult TypedResult { get; set; } = default!;

    /// <inheritdoc/>
    public override object? Result
    {
        get => TypedResult;
        set => TypedResult = (TResult)value!;
    }

    /// <inheritdoc/>
    public override Exception? Exception
    {
        get => null;
        set => throw new InvalidOperationException("A response with a value has no failure.");
    }

    /// <inheritdoc/>
    public override Type? GetSimpleResultType() => typeof(TResult);

    /// <inheritdoc/>
    public override T GetResult<T>() => (T)(object)TypedResult!;

    /// <inheritdoc/>
    public override void Dispose()
    {
    }
}
