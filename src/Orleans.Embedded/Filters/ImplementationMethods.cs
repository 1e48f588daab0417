using System.Collections.Concurrent;
using System.Reflection;

namespace OrleansEmbedded.Invocation;

/// <summary>Finds the method of a grain class behind an interface method; only filters ask.</summary>
internal static class ImplementationMethods
{
    private static readonly ConcurrentDictionary<(Type, MethodInfo), MethodInfo> Known = new();

    public static MethodInfo Find(Type type, MethodInfo interfaceMethod) => Known.GetOrAdd((type, interfaceMethod), static key =>
    {
        var (grain, method) = key;
        var definition = method.IsGenericMethod ? method.GetGenericMethodDefinition() : method;
        var map = grain.GetInterfaceMap(method.DeclaringType!);
        var found = map.TargetMethods[Array.IndexOf(map.InterfaceMethods, definition)];
        return method.IsGenericMethod ? found.MakeGenericMethod(method.GetGenericArguments()) : found;
    });
}
