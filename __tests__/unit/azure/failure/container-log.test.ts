import { describe, expect, test } from '@jest/globals';
import { plainLines, readLog } from '../../../../src/azure/failure/container-log.ts';

const IMPORT_FAILED = `Instance status:
SystemSetup: Succeeded
UserContainerImagePull: Succeeded
ModelDownload: Succeeded
UserContainerStart: InProgress

Container logs:
2024-09-18 04:37:30,133 E [62] azmlinfsrv - Traceback (most recent call last):
  File "/azureml-envs/x/lib/python3.10/site-packages/azureml_inference_server_http/server/user_script.py", line 77, in load_script
    main_module_spec.loader.exec_module(user_module)
  File "<frozen importlib._bootstrap_external>", line 883, in exec_module
  File "/var/azureml-app/onlinescoring/score.py", line 4, in <module>
    import xgboost
    ^^^^^^^^^^^^^^
ModuleNotFoundError: No module named 'xgboost'

The above exception was the direct cause of the following exception:

Traceback (most recent call last):
  File "/azureml-envs/x/lib/python3.10/site-packages/azureml_inference_server_http/server/create_app.py", line 58, in create
    setup()
azureml_inference_server_http.server.user_script.UserScriptImportException: Failed to import user script because it raised an unhandled exception
Worker failed to boot.
`;

describe('the log of a container', () => {
  test('how far the instance came', () => {
    expect([...readLog(IMPORT_FAILED).phases]).toEqual([
      ['SystemSetup', 'Succeeded'],
      ['UserContainerImagePull', 'Succeeded'],
      ['ModelDownload', 'Succeeded'],
      ['UserContainerStart', 'InProgress'],
    ]);
  });

  test("the exception of the user's script, not the server's around it", () => {
    const { exception } = readLog(IMPORT_FAILED);
    expect(exception?.words).toBe("ModuleNotFoundError: No module named 'xgboost'");
    expect(exception?.frames.at(-1)).toEqual({ file: '/var/azureml-app/onlinescoring/score.py', line: 4 });
  });

  test('the last one of several', () => {
    const log = ['Traceback (most recent call last):', '  File "a.py", line 1', 'KeyError: 1', 'again'];
    expect(readLog([...log, ...log.slice(0, 2), 'ValueError: 2'].join('\n')).exception?.words).toBe('ValueError: 2');
  });

  test("the server's own, when there is no other", () => {
    const log = `Traceback (most recent call last):\n  File "x.py", line 1\nUserScriptException: Caught`;
    expect(readLog(log).exception?.words).toBe('UserScriptException: Caught');
  });

  test.each([
    ['', []],
    ['\n\n', []],
    ['a traceback that breaks off\nTraceback (most recent call last):\n  File "x.py", line 1, in f', undefined],
    ['all is well', undefined],
  ])('no exception in %j', (text, lines) => {
    const log = readLog(text);
    expect(log.exception).toBeUndefined();
    if (lines) expect(log.lines).toEqual(lines);
  });

  test('colours, bells and carriage returns are gone', () => {
    expect(plainLines('\u001b[31mred\u001b[0m\u0007\r\none\ttab\u0000\rtwo\n\n')).toEqual(['red', 'one\ttab', 'two']);
  });

  test('an exception as long as a book is cut', () => {
    const log = `Traceback (most recent call last):\n  File "x.py", line 1\nValueError: ${'x'.repeat(10_000)}`;
    expect(readLog(log).exception?.words.length).toBeLessThan(600);
  });
});
