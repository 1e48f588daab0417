namespace Orleans;

/// <summary>Checks settings before the silo starts; throws <see cref="Orleans.Runtime.OrleansConfigurationException"/>.</summary>
public interface IConfigurationValidator
{
    /// <summary>Checks.</summary>
    void ValidateConfiguration();
}
