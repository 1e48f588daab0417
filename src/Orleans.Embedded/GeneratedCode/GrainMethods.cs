using System.Reflection;

namespace OrleansEmbedded.GeneratedCode;

/// <summary>Finds interface methods by reflection, for call filters and traces.</summary>
public static class GrainMethods
{
    /// <summary>The method of an interface with these type arguments and parameters.</summary>
    public static MethodInfo Find(Type interfaceType, string name, Type[] typeArguments, Type[] parameterTypes)
    {
        ArgumentNullException.ThrowIfNull(interfaceType);
        ArgumentNullException.ThrowIfNull(typeArguments);
        foreach (var method in interfaceType.GetMethods())
        {
            if (method.Name != name || method.GetGenericArguments().Length != typeArguments.Length)
            {
                continue;
            }

            var closed = typeArguments.Length > 0 ? method.MakeGenericMethod(typeArguments) : method;
            if (closed.GetParameters().Select(parameter => parameter.ParameterType).SequenceEqual(parameterTypes))
            {
                return closed;
            }
        }

        throw new MissingMethodException(interfaceType.FullName, name);
    }
}
