using System;
using System.Collections.Generic;
using System.Reflection;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Desktop
{
    /// <summary>What the target's test launcher takes silently and gets wrong.</summary>
    [TestClass]
    public class TestConventionTests
    {
        private const BindingFlags Declared =
            BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

        [TestMethod]
        public void DataRow_StandsBesideTestMethod()
        {
            foreach (MethodInfo method in TestClassMethods())
            {
                if (method.IsDefined(typeof(DataRowAttribute)))
                {
                    Assert.IsTrue(method.IsDefined(typeof(TestMethodAttribute)), NameOf(method) + " has [DataRow] without [TestMethod]");
                }
            }
        }

        [TestMethod]
        public void TestMethods_ArePublicAndNotStatic()
        {
            foreach (MethodInfo method in TestClassMethods())
            {
                if (method.IsDefined(typeof(TestMethodAttribute)) || method.IsDefined(typeof(SetupAttribute)))
                {
                    Assert.IsTrue(method.IsPublic && !method.IsStatic && method.ReturnType == typeof(void), NameOf(method));
                }
            }
        }

        [TestMethod]
        public void TestMethods_StandInTestClasses()
        {
            foreach (Type type in typeof(TestConventionTests).Assembly.GetTypes())
            {
                foreach (MethodInfo method in type.GetMethods(Declared))
                {
                    if (method.IsDefined(typeof(TestMethodAttribute)))
                    {
                        Assert.IsTrue(type.IsDefined(typeof(TestClassAttribute)) && type.IsPublic, NameOf(method) + " is in no public [TestClass]");
                    }
                }
            }
        }

        [TestMethod]
        public void TestClasses_HaveNoInstanceFields()
        {
            int classes = 0;
            foreach (Type type in TestClasses())
            {
                classes++;
                Assert.AreEqual(0, type.GetFields(Declared & ~BindingFlags.Static).Length, type.Name + " has instance fields");
            }

            Assert.IsTrue(classes > 0);
        }

        private static IEnumerable<Type> TestClasses()
        {
            foreach (Type type in typeof(TestConventionTests).Assembly.GetTypes())
            {
                if (type.IsDefined(typeof(TestClassAttribute)))
                {
                    yield return type;
                }
            }
        }

        private static IEnumerable<MethodInfo> TestClassMethods()
        {
            foreach (Type type in TestClasses())
            {
                foreach (MethodInfo method in type.GetMethods(Declared))
                {
                    yield return method;
                }
            }
        }

        private static string NameOf(MethodInfo method)
        {
            return method.DeclaringType.Name + "." + method.Name;
        }
    }
}
