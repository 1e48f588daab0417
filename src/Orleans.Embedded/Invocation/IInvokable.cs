using System.Reflection;

namespace Orleans.Serialization.Invocation;

/// <summary>A request: a method with its arguments.</summary>
public interface IInvokable : IDisposable
{
    /// <summary>The object that will be called.</summary>
    object? GetTarget();

    /// <summary>Sets the object that will be called.</summary>
    void SetTarget(ITargetHolder holder);

    /// <summary>Calls the target. Failures are in the response, not thrown.</summary>
    ValueTask<Response> Invoke();

    /// <summary>The number of arguments.</summary>
    int GetArgumentCount();

    /// <summary>An argument.</summary>
    object? GetArgument(int index);

    /// <summary>Replaces an argument.</summary>
    void SetArgument(int index, object? value);

    /// <summary>The method's name.</summary>
    string GetMethodName();

    /// <summary>The interface's name.</summary>
    string GetInterfaceName();

    /// <summary>Interface and method, for traces.</summary>
    string GetActivityName();

    /// <summary>The interface.</summary>
    Type GetInterfaceType();

    /// <summary>The method.</summary>
    MethodInfo GetMethod();

    /// <summary>The method's own time-out; null for the default.</summary>
    TimeSpan? GetDefaultResponseTimeout();

    /// <summary>The cancellation token among the arguments.</summary>
    CancellationToken GetCancellationToken();

    /// <summary>Whether there is a cancellation token among the arguments.</summary>
    bool IsCancellable { get; }

    /// <summary>Cancels the request; false when it cannot be.</summary>
    bool TryCancel();
}

/// <summary>Holds the object that requests call.</summary>
public interface ITargetHolder
{
    /// <summary>The object.</summary>
    object? GetTarget();

    /// <summary>A component of the holder.</summary>
    object? GetComponent(Type componentType);
}
